package io.holdfast.cli;

import io.holdfast.cli.trial.NameServer;
import io.holdfast.cli.trial.Throwaway;
import io.holdfast.service.Service;
import io.holdfast.service.ServiceConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `holdfast rehearse`: what most commands do, once and quickly, on throwaway data.
///
/// For the launcher: the JVM remembers what it loaded and linked here (AOT cache, JEP 514), and
/// later starts are faster by it. Hidden, because it is of no use to people.
@Command(
        name = "rehearse",
        hidden = true,
        description = "Does on throwaway data what most commands do, so that the JVM can learn it.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class RehearseCommand implements Callable<Integer> {
    private static final int LEASES = 100;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("holdfast");
        try {
            return rehearse(folder);
        } finally {
            Throwaway.delete(folder);
        }
    }

    private int rehearse(Path folder) throws Exception {
        String data = folder.resolve("data").toString();
        Path configuration = folder.resolve("holdfast.toml");
        Files.writeString(
                configuration,
                """
                data = "data"
                http = ["127.0.0.1:0"]
                dns = ["127.0.0.1:0"]
                [zone."dyn.test"]
                ttl = "60s"
                """);
        int worst = run("check", "--config", configuration.toString());
        worst |= run("account", "add", "me", "--update-key", "throwaway", "--data", data);
        try (Service service =
                Service.start(
                        ServiceConfig.read(configuration),
                        InstantSource.system(),
                        new SecureRandom(),
                        List.of())) {
            worst |= run("host", "add", "home.dyn.test", "--account", "me", "--data", data);
            worst |= keep(service.http().getFirst(), folder.resolve("agent.toml"));
            new NameServer(service.dns().getFirst()).addresses("home.dyn.test");
            worst |= updateByDns(service.dns().getFirst(), data);
            worst |= run("explain", "home.dyn.test", "--data", data);
            worst |= run("host", "show", "home.dyn.test", "--json", "--data", data);
            worst |= run("zone", "export", "dyn.test", "--data", data);
        }
        worst |= run("host", "list", "--data", data);
        return worst | run("--help");
    }

    /// Often enough that the JVM learns which code matters: whoever sends the first update after a
    /// start may not wait for long (Kea 2.2 waits 100 ms).
    private int updateByDns(InetSocketAddress service, String data) throws IOException {
        String secret = "dGhyb3dhd2F5IHRocm93YXdheSB0aHJvd2F3YXk=";
        int done = run("key", "add", "k", "--zone", "dyn.test", "--secret", secret, "--data", data);
        LeaseUpdater leases = new LeaseUpdater(service, "k", secret);
        for (int i = 0; i < LEASES; i++) {
            leases.tell("dyn.test", "lease" + i);
        }
        return done;
    }

    private int keep(InetSocketAddress service, Path configuration) throws IOException {
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
                        .formatted(service.getPort()));
        return run("agent", "--once", "--config", configuration.toString())
                | run("agent", "status", "--config", configuration.toString());
    }

    private int run(String... arguments) {
        return Main.run(spec.commandLine().getOut(), spec.commandLine().getErr(), arguments);
    }
}
