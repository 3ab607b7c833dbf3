package io.holdfast.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent;
import io.holdfast.service.change.AddressIntent.Family;
import io.holdfast.service.change.ChangeRequest;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.change.Origin;
import io.holdfast.service.change.Registry;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.zone.AcceptedAddresses;
import io.holdfast.service.zone.ZonePolicy;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventWatchTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z"));
    private static final ZonePolicy POLICY =
            new ZonePolicy(
                    List.of(),
                    Duration.ofSeconds(60),
                    AcceptedAddresses.GLOBAL,
                    new AbuseLimits(2, Duration.ZERO, 3));

    @TempDir Path folder;
    private Registry registry;

    @BeforeEach
    void open() throws Exception {
        registry = Registry.open(folder, CLOCK, new Random(1));
        registry.declaredZones().declare(Name.of("dyn.test"), POLICY, Optional.empty());
        registry.accounts().add("alice", Optional.of("a@b.test"), Optional.of("alice-key-alice"));
        HostRow row =
                new HostRow(
                        "",
                        "home.dyn.test",
                        Optional.of("secret of home"),
                        Addresses.NONE,
                        OptionalInt.empty());
        registry.hosts().add(List.of(row), "alice", _ -> {});
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void everythingThatHappenedIsToldWithTheNumberOfItsCommit() throws Exception {
        update("192.0.2.7");
        registry.hosts().block("home.dyn.test");
        registry.close();
        assertThat(told(Request.of(Verb.WATCH).with(Detail.FROM, "1")))
                .containsExactly(
                        "1  2026-11-29T12:00:00Z  ZoneDeclared        dyn.test",
                        "1  2026-11-29T12:00:00Z  ZoneChanged         dyn.test  serial 1795953600",
                        "2  2026-11-29T12:00:00Z  AccountAdded        alice",
                        "3  2026-11-29T12:00:00Z  HostAdded           home.dyn.test",
                        "3  2026-11-29T12:00:00Z  ZoneChanged         dyn.test  serial 1795953601",
                        "4  2026-11-29T12:00:00Z  AddressesChanged    home.dyn.test  192.0.2.7  by"
                                + " dyndns2 from 198.51.100.9, test/1",
                        "4  2026-11-29T12:00:00Z  ZoneChanged         dyn.test  serial 1795953602",
                        "5  2026-11-29T12:00:00Z  Blocked             home.dyn.test  until the"
                                + " operator unblocks it  by command line from 127.0.0.1");
    }

    @Test
    void asJsonEachEventIsAnObject() throws Exception {
        update("192.0.2.7");
        registry.close();
        assertThat(told(Request.of(Verb.WATCH).with(Detail.FROM, "4").with(Detail.JSON, "")))
                .containsExactly(
                        """
                        {"number":4,"at":"2026-11-29T12:00:00Z","event":"AddressesChanged",\
                        "host":"home.dyn.test","ipv4":"192.0.2.7","ipv6":null,"zone":"dyn.test",\
                        "accountId":1,"account":"alice","ttl":null,"blockedUntil":null,\
                        "ipv4Before":null,"ipv6Before":null,"source":"198.51.100.9",\
                        "agent":"test/1","front":"dyndns2","answered":"good"}\
                        """,
                        """
                        {"number":4,"at":"2026-11-29T12:00:00Z","event":"ZoneChanged",\
                        "zone":"dyn.test","serial":1795953602}\
                        """);
    }

    /// A terminal obeys U+009B, and shows text backwards after U+202E.
    @Test
    void whatAClientCallsItselfCannotSteerATerminal() throws Exception {
        Inet4Address ipv4 = (Inet4Address) InetAddress.ofLiteral("192.0.2.7");
        registry.door()
                .submit(List.of(request(new Family.SetTo<>(ipv4), "a\u009bb\u202ec\n")))
                .get(20, TimeUnit.SECONDS);
        assertThat(registry.hosts().history("home.dyn.test")).hasSize(1);
        registry.close();
        List<String> lines = told(Request.of(Verb.WATCH).with(Detail.FROM, "4"));
        List<String> json =
                told(Request.of(Verb.WATCH).with(Detail.FROM, "4").with(Detail.JSON, ""));
        assertThat(String.join("", lines) + String.join("", json)).isPrintable().isASCII();
        assertThat(json.getFirst()).contains("\"agent\":\"a\\u009Bb\\u202Ec\\n\"");
    }

    /// A mail address is a person's: it is in the row of the account alone.
    @Test
    void anAccountThatIsGoneIsANumber() throws Exception {
        registry.hosts().remove("home.dyn.test");
        registry.accounts().remove("alice");
        registry.close();
        assertThat(told(Request.of(Verb.WATCH).with(Detail.FROM, "2")))
                .filteredOn(line -> line.contains("Account"))
                .containsExactly(
                        "2  2026-11-29T12:00:00Z  AccountAdded        account 1",
                        "5  2026-11-29T12:00:00Z  AccountRemoved      account 1");
    }

    @Test
    void whatCountsOnlyIsNoEvent() throws Exception {
        update("192.0.2.7");
        long before = registry.commits().last();
        registry.door().submit(List.of(request(new Family.Keep<>()))).get(20, TimeUnit.SECONDS);
        assertThat(registry.commits().last()).isEqualTo(before);
    }

    @Test
    void whileAServiceRunsWhatHappensIsToldAsItHappens() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread watching;
        try (AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            // From the last one on, so that it is known to listen before more happens.
            Request request = Request.of(Verb.WATCH).with(Detail.FROM, "3");
            watching = Thread.startVirtualThread(() -> ask(request, lines));
            assertThat(lines.take()).startsWith("3  ").contains("HostAdded");
            assertThat(lines.take()).startsWith("3  ").contains("ZoneChanged");
            update("192.0.2.7");
            assertThat(lines.take()).startsWith("4  ").contains("AddressesChanged");
            assertThat(lines.take()).startsWith("4  ").contains("ZoneChanged");
        }
        assertThat(lines.take()).isEqualTo("! the service stops; go on later with --from 5");
        watching.join();
    }

    private void update(String address) throws Exception {
        Inet4Address ipv4 = (Inet4Address) InetAddress.ofLiteral(address);
        registry.door()
                .submit(List.of(request(new Family.SetTo<>(ipv4))))
                .get(20, TimeUnit.SECONDS);
    }

    private static ChangeRequest request(Family<Inet4Address> ipv4) {
        return request(ipv4, "test/1");
    }

    private static ChangeRequest request(Family<Inet4Address> ipv4, String agent) {
        return new ChangeRequest(
                Name.of("home.dyn.test"),
                new Principal.OfAccount(1, "alice"),
                new AddressIntent(ipv4, new Family.Keep<>()),
                new Origin(InetAddress.ofLiteral("198.51.100.9"), agent, "dyndns2"));
    }

    private List<String> told(Request request) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        ask(request, lines);
        List<String> results = new ArrayList<>(lines);
        assertThat(results.removeLast())
                .isEqualTo("! no service runs on this data folder; that is all there is so far");
        return results;
    }

    private void ask(Request request, BlockingQueue<String> lines) {
        Answer answer =
                new Answer() {
                    @Override
                    public void result(String line) {
                        lines.add(line);
                    }

                    @Override
                    public void remark(String line) {
                        lines.add("! " + line);
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void progress(String state) {}
                };
        try {
            assertThat(new Administrator(folder).ask(request, answer)).isEqualTo(Answer.DONE);
        } catch (Exception e) {
            lines.add("! " + e);
        }
    }
}
