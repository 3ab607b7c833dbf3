package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir Path folder;

    private Run check(String name, String content) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        return Run.holdfast("check", "--config", file.toString());
    }

    @Test
    void aSoundConfigurationEndsWithNought() throws Exception {
        assertThat(check("h.toml", "http = [\"127.0.0.1:80\"]\n").endsWith(0).err()).isEmpty();
    }

    @Test
    void everyFaultOfAServiceAndItsMasterFilesIsTold() throws Exception {
        Files.writeString(folder.resolve("own.zone"), "a 60 A 192.0.2.300\n");
        Run check = check("h.toml", "[zone.\"dyn.test\"]\nttl = 60\nrecords = \"own.zone\"\n");
        assertThat(check.endsWith(2).out()).isEmpty();
        assertThat(check.complaints())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(folder + "/h.toml:2:1: ttl"),
                        line -> assertThat(line).startsWith(folder + "/own.zone:1:"));
    }

    @Test
    void anAgentsConfigurationIsKnownByWhatIsInIt() throws Exception {
        Run check =
                check(
                        "any.toml",
                        """
                        [[name]]
                        name = "home.dyn.test"
                        provider = "nobody"
                        server = "http://127.0.0.1:8245"
                        user = "home.dyn.test"
                        password = "a long enough one"
                        ipv4 = "static 192.0.2.7"
                        """);
        assertThat(check.endsWith(2).complaints())
                .anySatisfy(line -> assertThat(line).contains("any.toml:3:1: provider: "));
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        Run check = Run.holdfast("check", "--config", folder + "/none.toml").endsWith(2);
        assertThat(check.complaints())
                .containsExactly(folder + "/none.toml:1:1: there is no such file");
    }
}
