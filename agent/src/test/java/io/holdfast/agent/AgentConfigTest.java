package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.address.Sources;
import io.holdfast.config.Fault;
import io.holdfast.config.FaultyFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {
    private static final String SOUND =
            """
            [[name]]
            name = "Home.dyn.example."
            provider = "dyndns2"
            server = "http://127.0.0.1:8245"
            user = "home"
            password = "secret-secret"
            ipv4 = "static 192.0.2.7"
            """;

    @TempDir Path folder;

    @Test
    void aSmallFileIsEnough() throws Exception {
        AgentConfig config = parse(SOUND);
        assertThat(config.state()).isEqualTo(folder.resolve("agent-state"));
        assertThat(config.warnings()).isEmpty();
        NameConfig home = config.names().getFirst();
        assertThat(home.name()).isEqualTo("home.dyn.example");
        assertThat(home.host().server()).isEqualTo(URI.create("http://127.0.0.1:8245"));
        assertThat(home.sources().keySet()).containsExactly(Family.IPV4);
        assertThat(home.keepAlive()).isEmpty();
    }

    @Test
    void thePasswordMayBeInAFileBesideThisOne() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "from-the-file\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        AgentConfig config =
                parse(SOUND.replace("password = \"secret-", "password-file = \"secret\"#"));
        assertThat(password(config)).isEqualTo("from-the-file");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aPasswordFileThatOthersMayReadIsWarnedOf() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "from-the-file\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        AgentConfig config =
                parse(SOUND.replace("password = \"secret-", "password-file = \"secret\"#"));
        assertThat(config.warnings().getFirst()).contains("chmod 600 " + secret);
    }

    @Test
    void thePasswordMayBeInTheEnvironment() throws Exception {
        AgentConfig config = parse(SOUND.replace("secret-secret", "${HOME_SECRET}"));
        assertThat(password(config)).isEqualTo("from-the-environment");
    }

    @Test
    void everyFaultIsReportedAtItsPlace() {
        assertThat(
                        faults(
                                """
                                state = 7
                                colour = "red"
                                [[name]]
                                name = "home"
                                provider = "dyndns3"
                                server = "ftp://u.example"
                                user = "me"
                                password = "${NOWHERE}"
                                ipv4 = "interfaec eth0"
                                resolver = "127.0.0.1:99999"
                                poll = "often"
                                """))
                .satisfiesExactly(
                        at(1, "state must be a string"),
                        at(2, "unknown key \"colour\""),
                        at(4, "\"home\" is not fully qualified; write it whole"),
                        at(5, "no provider \"dyndns3\"; there is: dyndns2"),
                        at(6, "must begin with https:// or http://"),
                        at(8, "the environment has no NOWHERE; set it"),
                        at(9, "unknown source `interfaec`"),
                        at(10, "there is no port 99999"),
                        at(11, "\"often\" is no duration"));
    }

    @Test
    void whatIsMissingIsSaidWithItsMend() {
        assertThat(faults("[[name]]\n"))
                .extracting(Fault::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("name is missing: "),
                        text -> assertThat(text).startsWith("provider is missing: "),
                        text -> assertThat(text).startsWith("user is missing: "),
                        text -> assertThat(text).startsWith("the password is missing: "));
    }

    @Test
    void noNameAtAllIsAFault() {
        assertThat(faults("")).satisfiesExactly(at(1, "no name is configured; begin one with"));
    }

    @Test
    void passwordFilesThatAreNoneAreFaults() throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");
        String file = SOUND.replace("password = \"secret-", "password-file = \"absent\"#");
        assertThat(faults(file)).satisfiesExactly(at(6, "the file it names does not exist"));
        assertThat(faults(file.replace("absent", "empty")))
                .satisfiesExactly(at(6, "empty is empty; write the password into it"));
    }

    /// Whatever a password looks like that somebody wrote there by mistake.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2-HUSH",
                "aHUSH/xyz+abc==",
                "/HUSHxyz",
                "HUSH/../HUSH",
                "HUSH\\u0000HUSH",
                "~HUSH",
                "empty/HUSH",
                "HUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSH"
                        + "HUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSH"
                        + "HUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSH"
            })
    void aPasswordWrittenAsThePasswordFileIsNotRepeated(String password) throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");
        String file =
                SOUND.replace("password = \"secret-", "password-file = \"" + password + "\"#");
        assertThat(faults(file))
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(6))
                .extracting(Fault::text)
                .asString()
                .contains("does not exist")
                .doesNotContain("HUSH");
        String variable = SOUND.replace("secret-", "${" + "hunter2-HUSH" + "}\"#");
        assertThat(faults(variable)).extracting(Fault::text).noneMatch(t -> t.contains("HUSH"));
    }

    @Test
    void whatPlainlyIsAPathIsNamed() throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        for (String path : List.of("secrets/home", secrets.resolve("home").toString())) {
            String file =
                    SOUND.replace("password = \"secret-", "password-file = \"" + path + "\"#");
            assertThat(faults(file))
                    .satisfiesExactly(at(6, "secrets/home does not exist; write the password"));
        }
    }

    @Test
    void aNameConfiguredTwiceIsAFaultAtItsSecondPlace() {
        assertThat(faults(SOUND + SOUND)).satisfiesExactly(at(9, "is configured twice"));
    }

    @Test
    void bothFamiliesOffIsAFault() {
        assertThat(faults(SOUND.replace("static 192.0.2.7", "off")))
                .satisfiesExactly(at(1, "ipv4 and ipv6 are both off"));
    }

    @Test
    void addressEchoesArePolledGently() {
        assertThat(faults(SOUND.replace("static 192.0.2.7", "web") + "poll = \"1m\"\n"))
                .satisfiesExactly(at(8, "poll is shorter than 10 min, the least there is for web"));
    }

    @Test
    void noMessageRepeatsAPassword() {
        List<Fault> faults = faults(SOUND.replace("user = \"home\"", "user = \"a:b\""));
        assertThat(faults).isNotEmpty();
        assertThat(faults.toString()).doesNotContain("secret-secret");
    }

    private AgentConfig parse(String text) throws FaultyFileException {
        return AgentConfig.parse(
                text,
                "agent.toml",
                folder,
                Map.of("HOME_SECRET", "from-the-environment"),
                Sources.ofThisHost());
    }

    private List<Fault> faults(String text) {
        try {
            parse(text);
            return List.of();
        } catch (FaultyFileException faulty) {
            return faulty.faults();
        }
    }

    private static Consumer<Fault> at(int line, String text) {
        return fault -> {
            assertThat(fault.text()).contains(text);
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.column()).isPositive();
        };
    }

    private static String password(AgentConfig config) {
        return config.names().getFirst().host().settings().get("password");
    }
}
