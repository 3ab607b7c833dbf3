package io.holdfast.cli;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.address.Sources;
import io.holdfast.cli.trial.Throwaway;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What an agent does, once and quickly, on throwaway data and against a provider that always says
/// `good`: for the launcher, as [RehearseCommand] is.
@Command(
        name = "rehearse",
        hidden = true,
        description = "Does on throwaway data what an agent does, so that the JVM can learn it.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class AgentRehearseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("holdfast");
        try (ServerSocket provider = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> sayGood(provider));
            return rehearse(folder.resolve("agent.toml"), provider.getLocalPort());
        } finally {
            Throwaway.delete(folder);
        }
    }

    private int rehearse(Path configuration, int provider) throws Exception {
        Files.writeString(
                configuration,
                """
                state = "state"
                [[name]]
                name = "home.dyn.test"
                provider = "dyndns2"
                server = "http://127.0.0.1:%d"
                user = "me"
                password = "throwaway"
                ipv4 = "static 192.0.2.7"
                """
                        .formatted(provider));
        int worst = run("agent", "--once", "--config", configuration.toString());
        AgentConfig config = AgentConfig.read(configuration, Map.of(), Sources.ofThisHost());
        InstantSource clock = InstantSource.system();
        Agent.start(config, clock, new SecureRandom(), AgentLog.listeners(config)).close();
        worst |= run("agent", "status", "--config", configuration.toString());
        return worst | run("agent", "status", "--json", "--config", configuration.toString());
    }

    private int run(String... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        return CommandExecution.run(new AgentCommands(), out, err, arguments);
    }

    private static void sayGood(ServerSocket provider) {
        byte[] good =
                """
                HTTP/1.1 200 OK\r
                Content-Length: 15\r
                Connection: close\r
                \r
                good 192.0.2.7
                """
                        .getBytes(StandardCharsets.US_ASCII);
        try {
            while (true) {
                try (Socket client = provider.accept()) {
                    if (client.getInputStream().read() >= 0) {
                        client.getOutputStream().write(good);
                        client.shutdownOutput();
                        client.getInputStream().readAllBytes();
                    }
                }
            }
        } catch (IOException closed) {
            // the rehearsal is over
        }
    }
}
