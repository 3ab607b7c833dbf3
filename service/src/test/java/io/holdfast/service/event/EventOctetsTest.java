package io.holdfast.service.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Bucket;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventOctetsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00.123Z");
    private static final Name ZONE = Name.of("dyn.test");
    private static final Name HOME = Name.of("home.dyn.test");
    private static final RRset TXT =
            new RRset(HOME, Type.TXT, 60, List.of(Rdata.of(new byte[] {2, 'h', 'i'})));

    /// Fresh: everything is absent or at its beginning.
    private static final Host FRESH =
            new Host(
                    7,
                    HOME,
                    3,
                    HashedSecret.of("secret"),
                    NOW,
                    OptionalInt.empty(),
                    Addresses.NONE,
                    Standing.FRESH,
                    Activity.NONE);

    /// Everything that can be said of a host is said.
    private static final Host LIVED =
            new Host(
                    Long.MAX_VALUE,
                    Name.of("*.a.dyn.test"),
                    3_000_000_000L,
                    HashedSecret.of("other"),
                    Instant.EPOCH,
                    OptionalInt.of(90),
                    new Addresses(
                            Optional.of((Inet4Address) InetAddress.ofLiteral("192.0.2.7")),
                            Optional.of((Inet6Address) InetAddress.ofLiteral("2001:db8::7"))),
                    new Standing(
                            new Bucket(NOW.plusSeconds(60)),
                            new Bucket(NOW.plusSeconds(61)),
                            Optional.of(
                                    new Block(
                                            Block.Cause.TOO_MANY_CHANGES,
                                            NOW,
                                            Optional.of(NOW.plusSeconds(86_400)))),
                            3,
                            NOW.minusSeconds(1),
                            NOW.minusSeconds(2)),
                    new Activity(1, 2, 3, NOW, 4, 5_000_000_000L));

    private static final FormerSecret FORMER =
            new FormerSecret(7, HashedSecret.of("was"), NOW, NOW.plusSeconds(60));

    private static HostEntry entry(Host host) {
        return new HostEntry(
                host,
                6,
                new HistoryEntry(
                        0,
                        NOW,
                        Addresses.NONE,
                        host.addresses(),
                        InetAddress.ofLiteral("2001:db8::1"),
                        "client/1 \u00e9",
                        "dyndns2",
                        "good"));
    }

    static List<Event> everyKind() {
        return List.of(
                new Event.AccountAdded(3, Optional.empty()),
                new Event.AccountRemoved(3),
                new Event.AccountKeyChanged(3, Optional.empty()),
                new Event.HostAdded(FRESH),
                new Event.HostAdded(LIVED),
                new Event.HostRemoved(LIVED),
                new Event.AddressesChanged(entry(LIVED)),
                new Event.Blocked(entry(FRESH)),
                new Event.Unblocked(entry(FRESH)),
                new Event.SecretChanged(entry(FRESH)),
                new Event.TtlChanged(entry(LIVED)),
                new Event.RepeatCounted(LIVED),
                new Event.FormerSecretKept(FORMER),
                new Event.FormerSecretEnded(FORMER),
                new Event.KeyAdded(HOME, Optional.empty()),
                new Event.KeyRemoved(HOME),
                new Event.ZoneDeclared(ZONE, Optional.empty()),
                new Event.ZoneRemoved(ZONE),
                new Event.RecordsChanged(
                        new DynamicRecord(ZONE, RRsetKey.of(TXT), Optional.of(TXT)), true),
                new Event.RecordsChanged(
                        new DynamicRecord(ZONE, RRsetKey.of(TXT), Optional.empty()), true),
                new Event.RecordsChanged(
                        new DynamicRecord(ZONE, RRsetKey.of(TXT), Optional.empty()), false),
                new Event.ReverseNameChanged(
                        Name.of("2.0.192.in-addr.arpa"),
                        Name.of("7.2.0.192.in-addr.arpa"),
                        Set.of(HOME, Name.of("b.dyn.test"))),
                new Event.ZoneChanged(ZONE, -1, true, List.of(), Optional.empty()),
                new Event.ZoneChanged(
                        ZONE,
                        8,
                        false,
                        List.of(
                                new RRsetChange.Put(TXT),
                                new RRsetChange.Remove(HOME, Type.AAAA),
                                new RRsetChange.Reserve(HOME),
                                new RRsetChange.Release(HOME)),
                        Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void whatIsWrittenIsRead(Event event) throws Exception {
        assertThat(EventOctets.read(EventOctets.write(List.of(event))))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(event);
    }

    @Test
    void everyKindOfEventIsWritten() {
        Set<Class<?>> written =
                Set.copyOf(everyKind().stream().<Class<?>>map(Event::getClass).distinct().toList());
        assertThat(written).containsExactlyInAnyOrderElementsOf(kinds(Event.class));
    }

    private static List<Class<?>> kinds(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? kinds(kind).stream() : List.of(kind).stream())
                .<Class<?>>map(kind -> kind)
                .toList();
    }

    @Test
    void eventsFollowEachOther() throws Exception {
        assertThat(EventOctets.read(EventOctets.write(everyKind())))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(everyKind());
    }

    /// A row that was damaged must not be taken for another history.
    @ParameterizedTest
    @MethodSource("everyKind")
    void whatIsCutShortIsNotRead(Event event) {
        byte[] octets = EventOctets.write(List.of(event));
        for (int length = 1; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThatThrownBy(() -> EventOctets.read(cut))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEventOfANewerVersionIsNamed() {
        assertThatThrownBy(() -> EventOctets.read(new byte[] {99}))
                .isInstanceOf(UnknownEventException.class)
                .hasMessage(
                        "an event of kind 99 was written by a newer Holdfast; use that one, or a"
                                + " newer still");
    }

    /// Names, mail addresses and key material are in the rows, where they can be deleted.
    @Test
    void theLogNamesAccountsAndKeysAndHoldsNothingOfThem() {
        byte[] octets = EventOctets.write(List.of(new Event.AccountAdded(3, Optional.empty())));
        assertThat(octets).hasSize(2);
    }
}
