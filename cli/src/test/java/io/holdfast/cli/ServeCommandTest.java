package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir Path folder;

    private String data() {
        return folder.resolve("data").toString();
    }

    @Test
    void saysInOneLineWhereItServesAndStopsWhenToldTo() throws Exception {
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        try (PipedReader said = new PipedReader();
                BufferedReader out = new BufferedReader(said)) {
            PrintWriter into = new PrintWriter(new PipedWriter(said), true);
            String[] arguments = {
                "serve",
                "--data",
                data(),
                "--zone",
                "dyn.test",
                "--http",
                "127.0.0.1:0",
                "--http",
                "[::1]:0",
                "--dns",
                "127.0.0.1:0"
            };
            Thread serving =
                    Thread.ofPlatform()
                            .start(() ->
                                    ended.complete(
                                            Main.run(into, new PrintWriter(err), arguments)));
            assertThat(out.readLine())
                    .matches(
                            "holdfast ready http=127\\.0\\.0\\.1:[1-9]\\d*,\\[::1]:[1-9]\\d*"
                                    + " dns=127\\.0\\.0\\.1:[1-9]\\d*");
            serving.interrupt();
            assertThat(ended.get(20, TimeUnit.SECONDS)).isZero();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFaultyConfigurationEndsWithTwoAndEveryFault() throws Exception {
        Path file = Files.writeString(folder.resolve("h.toml"), "http = [\"x\"]\nnonsense = 1\n");
        Run serve = Run.holdfast("serve", "--config", file.toString()).endsWith(2);
        assertThat(serve.out()).isEmpty();
        assertThat(serve.errorLines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(file + ":1:9: "),
                        line -> assertThat(line).startsWith(file + ":2:1: "));
    }

    @Test
    void aPortInUseEndsWithOneAndItsName() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String port = "127.0.0.1:" + taken.getLocalPort();
            Run serve =
                    Run.holdfast("serve", "--data", data(), "--http", port, "--dns", "127.0.0.1:0")
                            .endsWith(1);
            assertThat(serve.out()).isEmpty();
            assertThat(serve.err()).contains(port).doesNotContain("\tat ");
        }
    }

    @Test
    void whatIsNoAddressOrNameIsWrongUsage() {
        assertThat(Run.holdfast("serve", "--http", "8245").endsWith(2).err()).contains("HOST:PORT");
        assertThat(Run.holdfast("serve", "--zone", "a..b").endsWith(2).err()).contains("a..b");
    }

    @Test
    void administrationOfAFolderThatIsNotThereSaysSoAndMakesNone() {
        assertThat(Run.holdfast("host", "list", "--data", data()).endsWith(1).err())
                .contains(data());
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
