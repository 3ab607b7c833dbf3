package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` in the middle of 32 parallel updaters, many times over: every `good` is accounted for
/// afterwards, by DNS and by the store.
class CrashTest {
    private static final int UPDATERS = 32;
    private static final int ROUNDS = Tool.IN_CI ? 8 : 4;
    private static final String CONFIGURATION =
            """
            [zone."dyn.test"]
            changed-allowed = 0
            """;

    /// One host, and what its updater knows of it: the address of the last `good`, and that of the
    /// request under way when the service died, which may have taken effect or not.
    private static final class Updater {
        final String host;
        final String secret;
        int answered;
        int sent;

        Updater(String host, String secret) {
            this.host = host;
            this.secret = secret;
        }

        static String address(int n) {
            return "203.0." + (n >> 8 & 0xFF) + "." + (n & 0xFF);
        }

        /// Updates until the connection breaks; counts every `good` down.
        int updateUntilBroken(int port, CountDownLatch goods) throws InterruptedException {
            int count = 0;
            try (Updates client = new Updates(port)) {
                while (true) {
                    sent++;
                    String reply = client.send(host, secret, address(sent));
                    if (!reply.equals("good " + address(sent))) {
                        throw new AssertionError(host + " was answered: " + reply);
                    }
                    answered = sent;
                    count++;
                    goods.countDown();
                }
            } catch (IOException broken) {
                return count;
            }
        }

        void check(String where, List<String> served) {
            assertThat(served)
                    .describedAs(
                            "%s says of %s, answered good for %s, then sent %s",
                            where, host, address(answered), address(sent))
                    .hasSize(1)
                    .isSubsetOf(address(answered), address(sent));
        }
    }

    @Test
    void whatWasAnsweredGoodSurvivesKill9(@TempDir Path folder) throws Exception {
        Random random = new Random(20261122);
        try (ServiceProcess service = ServiceProcess.in(folder, CONFIGURATION).start()) {
            service.adminLine("account", "add", "alice");
            List<Updater> updaters = addHosts(service);
            int goods = 0;
            for (int round = 0; round < ROUNDS; round++) {
                goods += runUntilKilled(service, updaters, 100 + random.nextInt(600));
                service.start();
                for (Updater updater : updaters) {
                    if (updater.sent > 0) {
                        updater.check("DNS", Dns.ask(service.dnsPort(), updater.host, "A"));
                    }
                }
            }
            assertThat(goods).isGreaterThan(ROUNDS * 100);
            service.stop();
            for (Updater updater : updaters.subList(0, 4)) {
                assertThat(service.adminLine("host", "show", updater.host, "--json"))
                        .containsAnyOf(
                                "\"" + Updater.address(updater.answered) + "\"",
                                "\"" + Updater.address(updater.sent) + "\"");
            }
        }
    }

    private static List<Updater> addHosts(ServiceProcess service) {
        List<String> command = new ArrayList<>(List.of("host", "add", "--account", "alice"));
        for (int i = 0; i < UPDATERS; i++) {
            command.add("h" + i + ".dyn.test");
        }
        return service.adminLine(command.toArray(String[]::new))
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Updater(words[0], words[1]))
                .toList();
    }

    /// @param goodsBeforeTheEnd how many `good`s to wait for before the kill
    private static int runUntilKilled(
            ServiceProcess service, List<Updater> updaters, int goodsBeforeTheEnd)
            throws Exception {
        CountDownLatch goods = new CountDownLatch(goodsBeforeTheEnd);
        int port = service.httpPort();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            for (Updater updater : updaters) {
                running.add(threads.submit(() -> updater.updateUntilBroken(port, goods)));
            }
            if (!goods.await(120, TimeUnit.SECONDS)) {
                throw new AssertionError(goods.getCount() + " updates were never answered good");
            }
            service.kill();
            int count = 0;
            for (Future<Integer> one : running) {
                count += one.get();
            }
            return count;
        }
    }
}
