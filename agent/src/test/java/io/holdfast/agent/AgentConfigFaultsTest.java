package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.Sources;
import io.holdfast.config.FaultyFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What somebody writes who has never seen the file before, and what he is told: the place, what is
/// wrong, and the mend.
class AgentConfigFaultsTest {
    private static final String SOUND =
            """
            [[name]]
            name = "home.dyn.example"
            provider = "dyndns2"
            server = "http://127.0.0.1:8245"
            user = "home"
            password = "secret-secret"
            ipv4 = "static 192.0.2.7"
            """;

    @TempDir Path folder;

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlaceAndItsMend(String was, String written, String expected) {
        String faults = faults(SOUND.replace(was, written));
        assertThat(faults).contains(expected).doesNotContain("hush").doesNotContain("f:0:");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "[[name]]",
                        "[name]",
                        "f:1:1: [name] begins one table alone; write [[name]], once for each"),
                Arguments.of(
                        "[[name]]\n", "", "name must be a list of tables, each begun by [[name]]"),
                Arguments.of(
                        "[[name]]",
                        "[[names]]",
                        "f:1:1: unknown key \"names\"; known here: state, resolver, name"),
                Arguments.of("secret-secret", "C:\\pass", "a backslash is written twice"),
                Arguments.of(
                        "\"secret-secret\"",
                        "secret-secret",
                        "a text is written in quotes: key = \"value\""),
                Arguments.of(
                        "\"secret-secret\"",
                        "\u201csecret-secret\u201d",
                        "these are typographic quotes, write plain ones"),
                Arguments.of(
                        "\"secret-secret\"",
                        "12345678",
                        "f:6:1: password must be a string in quotes"),
                Arguments.of(
                        "secret-secret",
                        "secret\\tsecret",
                        "the password must be one line, without control characters"),
                Arguments.of("user = \"home\"", "user: \"home\"", "write key = \"value\""),
                Arguments.of("user = \"home\"", "user = home", "a text is written in quotes"),
                Arguments.of(
                        "user = \"home\"",
                        "user = \"ho:me\"",
                        "f:5:1: user: user has a colon, which HTTP Basic cannot carry"),
                Arguments.of(
                        "user = \"home\"",
                        "user = \"\"",
                        "f:5:1: user: user is empty; write the name that the provider knows you by"),
                Arguments.of(
                        "user = \"home\"\n",
                        "",
                        "f:1:1: user is missing: the name that the provider knows you by"),
                Arguments.of(
                        "user = \"home\"",
                        "username = \"home\"",
                        "f:5:1: unknown key \"username\" in [name]; known here: name, provider"),
                Arguments.of(
                        "home.dyn.example",
                        "b\u00fccher.dyn.example",
                        "f:2:1: name: \"b\u00fccher.dyn.example\" has letters that the DNS carries in another form; write \"xn--bcher-kva.dyn.example\""),
                Arguments.of(
                        "home.dyn.example",
                        "stra\u00dfe.dyn.example",
                        "write its xn-- form, as your provider shows it"),
                Arguments.of(
                        "home.dyn.example",
                        "https://home.dyn.example/",
                        "f:2:1: name: \"https://home.dyn.example/\" is a URL or a mail address; write the name alone"),
                Arguments.of("home.dyn.example", "", "f:2:1: name: a domain name is missing"),
                Arguments.of("dyndns2", "", "f:3:1: provider: no provider \"\"; there is: "),
                Arguments.of(
                        "static 192.0.2.7",
                        "file ~/address",
                        "f:7:1: ipv4: `~` is a shell's; write the whole path"),
                Arguments.of(
                        "[[name]]",
                        "state = \"~/agent\"\n[[name]]",
                        "f:1:1: state: `~` is a shell's; write the whole path"),
                Arguments.of(
                        "home.dyn.example",
                        "me@dyn.example",
                        "is a URL or a mail address; write the name alone"),
                Arguments.of(
                        "home.dyn.example",
                        "home..dyn.example",
                        "has an empty label; write it whole"),
                Arguments.of(
                        "home.dyn.example",
                        "home dyn example",
                        "has a character that a domain name cannot hold"),
                Arguments.of(
                        "home.dyn.example",
                        "home",
                        "f:2:1: name: \"home\" is not fully qualified; write it whole: home.dyn.example"),
                Arguments.of(
                        "dyndns2", "DynDNS", "f:3:1: provider: no provider \"DynDNS\"; there is: "),
                Arguments.of(
                        "http://127",
                        "http://me:hush@127",
                        "f:4:1: server: server must be scheme, host and at most port and path; write user and password below their own keys"),
                Arguments.of(
                        "http://127",
                        "http://me:hu sh@127",
                        "f:4:1: server: \"http://127.0.0.1:8245\" is no URL; write https://HOST"),
                Arguments.of(
                        "http://127",
                        "127",
                        "f:4:1: server: \"127.0.0.1:8245\" is no URL; write https://HOST"),
                Arguments.of(
                        "127.0.0.1:8245",
                        "dyn.example/update?token=hush",
                        "f:4:1: server: server must be scheme, host"),
                Arguments.of(
                        "127.0.0.1:8245",
                        "dyn_example",
                        "names no server; write https://HOST or https://HOST:PORT"),
                Arguments.of(
                        "static 192.0.2.7",
                        "eth0",
                        "f:7:1: ipv4: unknown source `eth0`; write one of: interface NAME"),
                Arguments.of(
                        "static 192.0.2.7",
                        "interface",
                        "`interface` wants a name, as in `interface eth0`"),
                Arguments.of(
                        "static 192.0.2.7",
                        "interface eth0 public",
                        "unknown word `public` in `interface eth0 public`"),
                Arguments.of("static 192.0.2.7", "192.0.2.7", "as in `static 192.0.2.7`"),
                Arguments.of(
                        "static 192.0.2.7", "static 192.0.2.300", "`192.0.2.300` is no address"),
                Arguments.of(
                        "static 192.0.2.7",
                        "static 2001:db8::7",
                        "`2001:db8::7` is no IPv4 address"),
                Arguments.of(
                        "static 192.0.2.7",
                        "https://ip.example/json?token=hush",
                        "as in `web https://ip.example/json?...`"),
                Arguments.of(
                        "static 192.0.2.7",
                        "web ip.example",
                        "`ip.example` is no http or https URL"),
                Arguments.of("static 192.0.2.7", "on", "unknown source `on`; write one of:"),
                Arguments.of(
                        "\"static 192.0.2.7\"", "true", "f:7:1: ipv4 must be a string in quotes"),
                Arguments.of(
                        "static 192.0.2.7",
                        "command curl -s http://ip.example | jq -r .ip",
                        "`|` is a shell's, and the program curl is run without one; write command"),
                Arguments.of("static 192.0.2.7", "command 'curl -s x", "a quote ' is not closed"),
                Arguments.of("static 192.0.2.7", "command", "`command` wants a program"),
                Arguments.of(
                        "static 192.0.2.7\"",
                        "static 192.0.2.7\"\npoll = \"1s\"",
                        "f:8:1: poll: poll is shorter than 5 s, the least there is"),
                Arguments.of(
                        "static 192.0.2.7\"",
                        "web\"\npoll = \"1m\"",
                        "f:8:1: poll: poll is shorter than 10 min, the least there is for web"),
                Arguments.of(
                        "static 192.0.2.7\"",
                        "static 192.0.2.7\"\npoll = 60",
                        "f:8:1: poll must be a string in quotes"),
                Arguments.of(
                        "static 192.0.2.7\"",
                        "static 192.0.2.7\"\npoll = \"1 hour\"",
                        "is no duration; write a whole number and a unit: 30s, 5m, 12h, 1d"),
                Arguments.of(
                        "static 192.0.2.7\"",
                        "static 192.0.2.7\"\nkeep-alive = \"1d\"",
                        "f:8:1: keep-alive: keep-alive is shorter than 5 days"),
                Arguments.of(
                        "static 192.0.2.7\"",
                        "static 192.0.2.7\"\nresolver = \"::1\"",
                        "is no server; write HOST:PORT, IPv6 as [::1]:53"),
                Arguments.of(
                        "static 192.0.2.7",
                        "off",
                        "ipv4 and ipv6 are both off; say where an address is learnt"));
    }

    private String faults(String text) {
        try {
            AgentConfig.parse(text, "f", folder, Map.of(), Sources.ofThisHost());
            return "";
        } catch (FaultyFileException faulty) {
            return String.valueOf(faulty.getMessage());
        }
    }
}
