package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.account.Principal;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own is killed in the middle of 32 parallel updaters, again and again; whatever
/// it had answered as changed must be there afterwards.
class CrashTest {
    private static final int ROUNDS = 4;
    private static final int UPDATERS = 32;
    private static final long SEED = 20261122;

    @TempDir Path folder;

    @Test
    void aKilledProcessLosesNothingItAnswered() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            scene.registry()
                    .declaredZones()
                    .declare(Scene.ZONE, ConcurrentUpdatesTest.NO_LIMIT, Optional.empty());
            for (int i = 0; i < UPDATERS; i++) {
                scene.host("h" + i + ".dyn.test");
            }
        }
        Random random = new Random(SEED);
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, Integer> answered = killedAfter(1 + random.nextInt(3_000), round);
            try (Scene scene = Scene.again(folder)) {
                answered.forEach((host, number) ->
                        assertThat(number(scene.served(host)))
                                .as(host)
                                .isGreaterThanOrEqualTo(number));
            }
        }
    }

    /// @return for each host the last number that was answered as changed before the end
    private Map<String, Integer> killedAfter(int answers, int round) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Updaters.class.getName(),
                                folder.toString(),
                                Integer.toString(round))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Map<String, Integer> last = new HashMap<>();
        int seen = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("good ")) {
                    String[] words = line.split(" ", -1);
                    last.merge(words[1], Integer.valueOf(words[2]), Math::max);
                    if (++seen == answers) {
                        // SIGKILL. Through its handle: what is in the pipe can still be read then.
                        process.toHandle().destroyForcibly();
                    }
                }
            }
        }
        process.waitFor();
        assertThat(seen).isGreaterThanOrEqualTo(answers);
        return last;
    }

    private static int number(String address) {
        byte[] octets = InetAddress.ofLiteral(address).getAddress();
        return (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | (octets[3] & 0xFF);
    }

    /// The process that is killed: prints `good HOST NUMBER` for each answer.
    static final class Updaters {
        private Updaters() {}

        public static void main(String[] args) throws Exception {
            int round = Integer.parseInt(args[1]);
            Scene scene = Scene.again(Path.of(args[0]));
            Principal alice = scene.alice();
            PrintStream out = System.out;
            for (int i = 0; i < UPDATERS; i++) {
                String host = "h" + i + ".dyn.test";
                Thread.ofPlatform().start(() -> updateForEver(scene, alice, host, round, out));
            }
        }

        private static void updateForEver(
                Scene scene, Principal alice, String host, int round, PrintStream out) {
            for (int number = round << 20; ; number++) {
                String address =
                        "10." + (number >> 16) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
                if (!scene.update(alice, host, address).equals("good " + address)) {
                    throw new IllegalStateException(host + " was refused " + address);
                }
                out.println("good " + host + " " + number);
            }
        }
    }
}
