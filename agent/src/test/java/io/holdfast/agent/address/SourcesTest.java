package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    private static final URI ECHO = URI.create("http://127.0.0.1:8245/checkip");
    private final Sources sources = new Sources(new TestNetwork());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interface eth0",
                "interface eth0 temporary ula",
                "default-route",
                "default-route ula",
                "web",
                "web https://[2001:db8::1]:8443/ip",
                "file address.txt",
                "command /usr/local/bin/my-address",
                "static 2001:db8::7",
            })
    void everyFormGivesASourceThatDescribesItselfAsWritten(String text) {
        assertThat(sources.of(text, Family.IPV6, ECHO, Path.of("")).describe()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    interface eth0      | 10 s with events 600 s at least 0 s    | false
                    default-route       | 10 s with events 600 s at least 0 s    | true
                    file address.txt    | 10 s with events 600 s at least 0 s    | false
                    web                 | 600 s with events 600 s at least 60 s  | false
                    command my-address  | 300 s with events 300 s at least 60 s  | false
                    static 2001:db8::7  | 600 s with events 600 s at least 0 s   | false
                    """)
    void everySourceSaysItsOwnPace(String text, String expected, boolean followsRoute) {
        AddressSource source = sources.of(text, Family.IPV6, ECHO, Path.of(""));
        Pace pace = source.pace();
        assertThat(
                        pace.interval(false).toSeconds()
                                + " s with events "
                                + pace.interval(true).toSeconds()
                                + " s at least "
                                + pace.floor().toSeconds()
                                + " s")
                .isEqualTo(expected);
        assertThat(source.followsDefaultRoute()).isEqualTo(followsRoute);
    }

    /// Tokens and passwords stand in queries and in arguments.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    web http://h/json?token=T               | web http://h/json?...
                    web http://me:hush@h/ip                 | web http://h/ip
                    command "my-address --six"              | command my-address ...
                    command sh -c 'ip addr; date'           | command sh ...
                    command curl -u me:hush http://h/?key=T | command curl ...
                    """)
    void noDescriptionRepeatsWhatMayBeSecret(String text, String described) {
        assertThat(sources.of(text, Family.IPV6, ECHO, Path.of("")).describe())
                .isEqualTo(described);
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ~~                       | IPV4 | says no source
                    eth0                     | IPV4 | unknown source `eth0`
                    http://me:hush@h/?t=T    | IPV4 | a URL wants the word `web` before it, as in `web http://h/?...`
                    192.0.2.7                | IPV4 | an address wants the word `static` before it, as in `static 192.0.2.7`
                    web h/json?token=T       | IPV4 | `h/json?...` is no http or https URL
                    interface                | IPV4 | `interface` wants a name, as in `interface eth0`
                    interface eth0:          | IPV4 | no interface is named `eth0:`: write the name that `ip link` shows, without the colon behind it
                    interface eth0 stable    | IPV6 | unknown word `stable` in `interface eth0 stable`
                    interface eth0 temporary | IPV4 | `temporary` and `ula` are kinds of IPv6 addresses
                    default-route eth0       | IPV4 | unknown word `eth0` in `default-route eth0`
                    web example.com          | IPV4 | `example.com` is no http or https URL
                    web ftp://example.com/   | IPV4 | `ftp://example.com/` is no http or https URL
                    web http://a b/          | IPV4 | `http://a b/` is no URL
                    static                   | IPV4 | `` is no address
                    static 192.0.2           | IPV4 | `192.0.2` is no address
                    static 192.0.2.7         | IPV6 | `192.0.2.7` is no IPv6 address
                    static 127.0.0.1         | IPV4 | no name may point at 127.0.0.1: it is loopback
                    file                     | IPV4 | `file` wants a path
                    command                  | IPV4 | `command` wants a program
                    command "sh -c           | IPV4 | a quote " is not closed
                    router                   | IPV4 | `router` is not offered yet
                    stun stun.example        | IPV4 | `stun` is not offered yet
                    dns                      | IPV4 | `dns` is not offered yet
                    """)
    void everyFaultIsNamedAndTheFormsListed(String text, Family family, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources.of(text, family, ECHO, Path.of("")))
                .withMessage(
                        fault
                                + "; write one of: interface NAME, default-route, web [URL], file PATH,"
                                + " command \"PROGRAM WORD...\", static ADDRESS, off");
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '^',
            textBlock =
                    """
                    command curl -s http://h | jq .ip     ! |
                    command curl -s http://h|jq .ip       ! |
                    command "curl -s http://h | jq .ip"   ! |
                    command curl http://h > /tmp/x        ! >
                    command a && b                        ! &&
                    command a; b                          ! ;
                    command echo $(address)               ! $(
                    command echo `address`                ! `
                    command $HOME/bin/address             ! $H
                    command ~/bin/address                 ! ~
                    command address &                     ! &
                    """)
    void whatNeedsAShellIsNamedWithTheMend(String text, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources.of(text, Family.IPV4, ECHO, Path.of("")))
                .withMessageContaining("`" + what + "` is a shell's")
                .withMessageContaining("write command \"sh -c '...'\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command sh -c 'curl -s http://h | jq .ip'",
                "command \"sh -c 'curl -s http://h | jq .ip'\"",
                "command curl -s http://h/?a=1&b=2;c=3",
                "command grep -E 'a|b' /etc/address",
                "command printf \"%s>\" x",
            })
    void whatIsQuotedOrInAUrlNeedsNoShell(String text) {
        assertThat(sources.of(text, Family.IPV4, ECHO, Path.of("")).describe())
                .startsWith("command ");
    }

    @Test
    void webWithoutUrlNeedsAProviderWithAnEcho() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources.of("web", Family.IPV4, null, Path.of("")))
                .withMessageStartingWith("`web` wants a URL here");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    plain words           | a  b c            | a/b/c
                    quotes hold together  | a 'b c' "d e"     | a/b c/d e
                    quotes within a word  | a'b'"c"           | abc
                    the other quote       | "it's" '"'        | it's/"
                    an escaped quote      | "a \\" b"         | a " b
                    an empty word         | a ''              | a/
                    """)
    void commandsAreCutIntoWordsAsAShellWouldWithoutItsMagic(
            String what, String text, String words) {
        assertThat(String.join("/", CommandWords.of(text))).isEqualTo(words);
    }
}
