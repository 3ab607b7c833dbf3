package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.net.address.AddressText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class CommandSourceTest {
    @Test
    void theOneAddressPrintedCounts() {
        assertThat(look("command echo 'you are' 192.0.2.7"))
                .isEqualTo(
                        new Observation.Seen(
                                AddressText.read("192.0.2.7").orElseThrow(),
                                "echo says 192.0.2.7"));
    }

    @Test
    void severalDifferentAddressesAreUnclear() {
        assertThat(look("command echo 192.0.2.7 brd 192.0.2.255"))
                .isEqualTo(
                        new Observation.NoAddress(
                                "echo is unclear: it names 2 IPv4 addresses (192.0.2.7,"
                                        + " 192.0.2.255), so none is taken"));
    }

    @Test
    void thereIsNoShellUnlessWritten() {
        assertThat(look("command echo 192.0.2.7 '| cat'")).isInstanceOf(Observation.Seen.class);
        assertThat(look("command \"echo '$HOME;' 192.0.2.7\""))
                .isInstanceOf(Observation.Seen.class);
        assertThat(look("command \"sh -c 'false || echo 192.0.2.7'\""))
                .isInstanceOf(Observation.Seen.class);
        assertThat(look("command \"sh -c 'false && echo 192.0.2.7'\""))
                .isInstanceOf(Observation.Unavailable.class);
    }

    @Test
    void itsFailureIsShown() {
        assertThat(look("command sh -c 'echo no modem >&2; echo 192.0.2.7; exit 3'"))
                .isEqualTo(new Observation.Unavailable("sh: exit code 3: no modem"));
        assertThat(look("command false"))
                .isEqualTo(new Observation.Unavailable("false: exit code 1"));
        assertThat(look("command /no/such/program"))
                .isInstanceOfSatisfying(
                        Observation.Unavailable.class,
                        it -> assertThat(it.why()).startsWith("cannot run /no/such/program: "));
        assertThat(look("command true"))
                .isEqualTo(new Observation.NoAddress("true names no IPv4 address"));
    }

    @Test
    void whatTakesTooLongIsKilledWithItsChildren() {
        List<String> words = List.of("sh", "-c", "sleep 3600 & sleep 3600");
        AddressSource source =
                new CommandSource(
                        words,
                        Family.IPV4,
                        Duration.ofMillis(200),
                        _ -> NoEvents.INSTANCE,
                        "command ...");

        assertThat(source.look(null))
                .isEqualTo(new Observation.Unavailable("sh: no end after 0 s"));
        assertThat(ProcessHandle.current().descendants().filter(CommandSourceTest::sleeps))
                .isEmpty();
    }

    @Test
    void endlessOutputIsBounded() {
        List<String> words =
                List.of("sh", "-c", "echo 192.0.2.7; head -c 3000000 /dev/zero; exit 0");
        AddressSource source =
                new CommandSource(
                        words,
                        Family.IPV4,
                        CommandSource.TIMEOUT,
                        _ -> NoEvents.INSTANCE,
                        "command ...");

        assertThat(source.look(null)).isInstanceOf(Observation.Seen.class);
    }

    private static boolean sleeps(ProcessHandle process) {
        return process.isAlive() && process.info().command().orElse("").endsWith("sleep");
    }

    private static Observation look(String text) {
        return new Sources(new TestNetwork()).of(text, Family.IPV4, null, Path.of("")).look(null);
    }
}
