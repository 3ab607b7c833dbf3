package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's commands against a service in this process.
class AgentCommandTest {
    private static final String KEY = "long enough a key";

    @TempDir Path folder;

    private AtWork service;

    @BeforeEach
    void serve() throws Exception {
        service = AtWork.on(folder.resolve("data"));
        String data = folder.resolve("data").toString();
        Run.holdfast("account", "add", "alice", "--update-key", KEY, "--data", data).endsWith(0);
        Run.holdfast("host", "add", "home.dyn.test", "--account", "alice", "--data", data)
                .endsWith(0);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String configuration(String password) throws Exception {
        return Files.writeString(
                        folder.resolve("agent.toml"),
                        """
                        state = "state"
                        [[name]]
                        name = "home.dyn.test"
                        provider = "dyndns2"
                        server = "%s"
                        user = "alice"
                        password = "%s"
                        ipv4 = "static 192.0.2.7"
                        """
                                .formatted(service.http(), password))
                .toString();
    }

    private String explained() {
        return Run.holdfast("explain", "home.dyn.test", "--data", folder.resolve("data") + "")
                .endsWith(0)
                .out();
    }

    @Test
    void onceTellsAndTheSecondTimeHasNothingToTell() throws Exception {
        String file = configuration(KEY);
        Run.holdfast("agent", "--once", "--config", file).endsWith(0);
        assertThat(explained()).contains("192.0.2.7");
        Run.holdfast("agent", "--once", "--config", file).endsWith(0);
        assertThat(explained())
                .contains("12 updates without a change may come before the host is blocked.");
    }

    @Test
    void onceEndsWithOneWhenANameIsNotRight() throws Exception {
        Run once = Run.holdfast("agent", "--once", "--config", configuration("wrong")).endsWith(1);
        assertThat(once.out()).contains("home.dyn.test").contains("stopped");
    }

    @Test
    void aDryRunTellsNobody() throws Exception {
        Run dry = Run.holdfast("agent", "--dry-run", "--config", configuration(KEY)).endsWith(0);
        assertThat(dry.out()).contains("home.dyn.test").contains("192.0.2.7");
        assertThat(explained()).contains("It has none");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void statusIsForPeopleAndForPrograms() throws Exception {
        String file = configuration(KEY);
        Run.holdfast("agent", "--once", "--config", file).endsWith(0);
        assertThat(Run.holdfast("agent", "status", "--config", file).endsWith(0).out())
                .contains("no agent runs", "home.dyn.test", "192.0.2.7");
        assertThat(Run.holdfast("agent", "status", "--json", "--config", file).endsWith(0).lines())
                .singleElement()
                .asString()
                .startsWith("{\"running\":false,\"names\":[{\"name\":\"home.dyn.test\"")
                .contains("\"state\":\"right\"", "\"told\":\"192.0.2.7\"");
    }

    @Test
    void noOutputShowsTheQueryOfAnAddressEcho() throws Exception {
        String file = configuration(KEY);
        Files.writeString(
                Path.of(file),
                Files.readString(Path.of(file))
                        .replace("static 192.0.2.7", "web http://127.0.0.1:1/json?token=HUSH"));
        String all =
                Run.holdfast("agent", "--dry-run", "--config", file).endsWith(0).out()
                        + Run.holdfast("agent", "--once", "--config", file).endsWith(1).out()
                        + Run.holdfast("agent", "status", "--config", file).endsWith(0).out()
                        + Run.holdfast("agent", "status", "--json", "--config", file)
                                .endsWith(0)
                                .out();
        assertThat(all).contains("http://127.0.0.1:1/json?...").doesNotContain("HUSH");
    }

    @Test
    void forgettingANameHasItToldAnew() throws Exception {
        String file = configuration("wrong");
        Run.holdfast("agent", "--once", "--config", file).endsWith(1);
        Run.holdfast("agent", "forget", "home.dyn.test", "--config", file).endsWith(0);
        assertThat(Run.holdfast("agent", "status", "--config", file).endsWith(0).out())
                .doesNotContain("stopped");
        assertThat(
                        Run.holdfast("agent", "forget", "x.dyn.test", "--config", file)
                                .endsWith(1)
                                .err())
                .contains("home.dyn.test");
    }

    @Test
    void aStoppedNameIsTriedAgainAndItsCheckTellsIt() throws Exception {
        String file = configuration("wrong");
        Run stopped = Run.holdfast("agent", "check", "--config", file).endsWith(1);
        assertThat(stopped.out()).contains("stopped");
        assertThat(
                        Run.holdfast("agent", "retry", "home.dyn.test", "--config", file)
                                .endsWith(0)
                                .err())
                .contains("nothing holds it back any more", "holdfast agent check");
        assertThat(
                        Run.holdfast("agent", "retry", "home.dyn.test", "--config", file)
                                .endsWith(0)
                                .err())
                .contains("not held back");
        assertThat(Run.holdfast("agent", "retry", "x.dyn.test", "--config", file).endsWith(1).err())
                .contains("home.dyn.test");
        String right = configuration(KEY);
        assertThat(Run.holdfast("agent", "check", "--config", right).endsWith(0).out())
                .contains("right", "192.0.2.7");
    }

    @Test
    void providersAreListedAndShown() {
        assertThat(Run.holdfast("providers").endsWith(0).out()).contains("dyndns2");
        assertThat(Run.holdfast("providers", "dyndns2").endsWith(0).out())
                .contains("/nic/update")
                .containsPattern("user +yes +no +the name that the provider knows you by")
                .containsPattern("password +yes +yes +the secret that the provider gave you");
        assertThat(Run.holdfast("providers", "dyndns2", "--json").endsWith(0).out())
                .contains("\"settings\":[{\"name\":\"user\",\"required\":true,\"secret\":false,");
        assertThat(Run.holdfast("providers", "none").endsWith(1).err()).contains("dyndns2");
    }
}
