package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up: updates are answered `911`, DNS goes on, a restart still serves, and
/// everything recovers by itself when there is room.
class FullDiskTest {
    private static final String HOST = "home.dyn.test";
    private static final String SECRET = "a-secret-of-the-host";

    @Test
    void aFullDiskCostsUpdatesAndNothingElse(@TempDir Path folder) throws Exception {
        Tool.requireRootOnLinux();
        Tool.require("mount", "umount");
        Path data = Files.createDirectories(folder.resolve("data"));
        Command.run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", data.toString())
                .mustSucceed();
        try (ServiceProcess service = ServiceProcess.in(folder, "[zone.\"dyn.test\"]\n").start()) {
            service.addHost(HOST, SECRET);
            try (Updates client = new Updates(service.httpPort())) {
                assertThat(client.send(HOST, SECRET, "192.0.2.1")).isEqualTo("good 192.0.2.1");

                Path filler = fill(data);
                int n = 2;
                while (client.send(HOST, SECRET, "192.0.2." + n).startsWith("good")) {
                    n++; // room inside the files that are there already
                    assertThat(n).isLessThan(250);
                }
                assertThat(client.send(HOST, SECRET, "192.0.2." + n)).isEqualTo("911");
                String last = "192.0.2." + (n - 1);
                assertThat(Dns.ask(service.dnsPort(), HOST, "A")).containsExactly(last);

                service.kill();
                service.start();
                assertThat(Dns.ask(service.dnsPort(), HOST, "A")).containsExactly(last);

                Files.delete(filler);
                assertThat(client.send(HOST, SECRET, "198.51.100.1"))
                        .isEqualTo("good 198.51.100.1");
                assertThat(Dns.ask(service.dnsPort(), HOST, "A")).containsExactly("198.51.100.1");
            }
        } finally {
            Command.run("umount", data.toString()).mustSucceed();
        }
    }

    @Test
    void anAgentOnAFullDiskSendsAChangeOnceHoweverOftenItIsKilled(@TempDir Path folder)
            throws Exception {
        Tool.requireRootOnLinux();
        Tool.require("mount", "umount");
        Path state = Files.createDirectories(folder.resolve("agent/agent-state"));
        Path address = folder.resolve("agent/address");
        Command.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", state.toString())
                .mustSucceed();
        try (ServiceProcess service =
                ServiceProcess.in(folder.resolve("service"), "[zone.\"dyn.test\"]\n").start()) {
            service.addHost(HOST, SECRET);
            String configuration =
                    AgentProcess.configuration(
                            HOST, SECRET, service.http(), service.dns(), "ipv4 = \"file address\"");
            try (AgentProcess agent = new AgentProcess(folder.resolve("agent"), configuration)) {
                Files.writeString(address, "192.0.2.1");
                agent.run("--once").mustSucceed();

                Path filler = fill(state);
                Files.writeString(address, "192.0.2.2");
                for (String said : new String[] {"address is now 192.0.2.2", "(dns); nothing to"}) {
                    agent.start();
                    Eventually.equal(true, () -> agent.logged().contains(said), agent::logged);
                    agent.kill();
                }
                Files.delete(filler);
                agent.run("--once").mustSucceed();

                assertThat(Dns.ask(service.dnsPort(), HOST, "A")).containsExactly("192.0.2.2");
                assertThat(agent.logged())
                        .contains("cannot be written down")
                        .containsOnlyOnce("address is now 192.0.2.2")
                        .doesNotContain("nochg");
            }
        } finally {
            Command.run("umount", state.toString()).mustSucceed();
        }
    }

    /// Writes a file until there is no room left.
    private static Path fill(Path data) throws IOException {
        Path filler = data.resolve("filler");
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
            return filler;
        }
    }
}
