package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Sent;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Target TARGET = new Target("dyndns2 http://u.example", "00000000");
    private static final Addresses OLD = Addresses.parse("192.0.2.1");
    private static final Addresses NEW = Addresses.parse("192.0.2.7");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Decision.Send SEND = new Decision.Send(NEW, Reason.CHANGE, "why");

    private final Entry before = Entry.fresh(TARGET).withSent(OLD, NOW, "good");

    @Test
    void goodIsRememberedAndEndsEveryDoubtAndWait() {
        Entry failed = after(before, new ProviderReply.Unconfirmed("no reply", Pause.FAILING));
        Entry after = after(failed, new ProviderReply.Accepted(NEW));
        assertThat(after.sent(Family.IPV4)).contains(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(after.pending()).isEmpty();
        assertThat(after.retry()).isEmpty();
    }

    @Test
    void aSuccessOfOneFamilyLeavesTheDoubtAboutTheOther() {
        Addresses six = Addresses.parse("2001:db8::7");
        Entry after =
                after(
                        EntryChanges.beforeSending(before, send(six), NOW),
                        new ProviderReply.Accepted(NEW));
        assertThat(after.pending().orElseThrow().about()).isEqualTo(six);
    }

    @Test
    void onlyWhatTheReplyConfirmsIsRemembered() {
        Decision.Send both =
                new Decision.Send(Addresses.parse("192.0.2.7,2001:db8::7"), Reason.CHANGE, "why");
        Entry after = reply(before, both, new ProviderReply.Accepted(NEW), 0);
        assertThat(after.sent().keySet()).containsExactly(Family.IPV4);
    }

    @Test
    void aRefusalStopsAndLeavesWhatWasSent() {
        Entry after = after(before, new ProviderReply.Refused("badauth", "refused", "mend"));
        assertThat(after.stop().orElseThrow().word()).isEqualTo("badauth");
        assertThat(after.sent()).isEqualTo(before.sent());
        assertThat(after.pending()).isEmpty();
    }

    @Test
    void aRefusedAddressStopsNothingButItself() {
        Entry after = after(before, refused(Addresses.NONE));
        assertThat(after.stop()).isEmpty();
        assertThat(after.rejection(NEW).orElseThrow().word()).isEqualTo("notfqdn");
        assertThat(after.sent()).isEqualTo(before.sent());
    }

    @Test
    void anAddressThatIsTakenLaterIsNoLongerRefused() {
        Entry after =
                after(after(before, refused(Addresses.NONE)), new ProviderReply.Accepted(NEW));
        assertThat(after.rejections()).isEmpty();
    }

    @Test
    void whereAnotherAddressWasPublishedTheOldOneIsNotThereAnyMore() {
        Entry after = after(before, refused(Addresses.parse("192.0.2.99")));
        assertThat(after.sent(Family.IPV4)).isEmpty();
        assertThat(after.rejection(NEW)).isPresent();
    }

    @Test
    void aBlockWithATimeEndsThenAndTheDnsIsAskedFirst() {
        Entry after =
                after(before, new ProviderReply.Blocked("abuse", "m", "m", Optional.of(HOUR)));
        assertThat(after.stop().orElseThrow().until()).contains(NOW.plus(HOUR));
        assertThat(after.pending().orElseThrow().about()).isEqualTo(NEW);
        assertThat(after.rejections()).isEmpty();
    }

    @Test
    void aBlockWithoutATimeIsLookedAtAgainAfterADayAndNotWithTheSameAddress() {
        Entry after = after(before, new ProviderReply.Blocked("abuse", "m", "m", Optional.empty()));
        assertThat(after.stop().orElseThrow().until()).contains(NOW.plus(Duration.ofDays(1)));
        assertThat(after.rejection(NEW)).isPresent();
    }

    @Test
    void aFamilyThatWasLeftOutMayBeGoneAndIsLookedUpWhenItIsBack() {
        Addresses six = Addresses.parse("2001:db8::7");
        Entry both = before.withSent(six, NOW, "good");
        Entry after = after(both, new ProviderReply.Accepted(NEW));
        assertThat(after.sent(Family.IPV6)).isPresent();
        assertThat(after.pending().orElseThrow().about()).isEqualTo(six);
    }

    @Test
    void ofTwoOfWhichOneWasTakenTheOtherIsSentByItself() {
        Addresses both = Addresses.parse("192.0.2.7,2001:db8::7");
        Entry after = reply(before, send(both), new ProviderReply.Accepted(NEW), 0);
        assertThat(after.rejection(both)).isPresent();
    }

    @Test
    void thirtyChangesInTwentySecondsAreSentEightTimes() {
        assertThat(toldWhileFlapping(Duration.ofMillis(667), Duration.ofSeconds(20))).isEqualTo(9);
    }

    @Test
    void aLineThatFlapsForADayStaysFarBelowWhatTheServiceAllows() {
        long sent = toldWhileFlapping(Duration.ofSeconds(1), Duration.ofDays(1));
        assertThat(sent).isBetween(700L, 60L + 24 * 60 / 2 + 60);
        assertThat(toldWhileFlapping(Duration.ofSeconds(90), Duration.ofDays(1)))
                .isLessThan(60 + 24 * 60);
    }

    /// How often a line is updated that has another address every so often.
    private long toldWhileFlapping(Duration every, Duration whole) {
        Entry entry = before;
        long sent = 0;
        Instant last = NOW;
        for (Instant now = NOW; now.isBefore(NOW.plus(whole)); now = now.plus(every)) {
            if (!FlapDamping.notBefore(entry.damping(), now).isAfter(now)) {
                entry = EntryChanges.beforeSending(entry, SEND, now);
                sent++;
                last = now;
            }
        }
        assertThat(last).as("still sent now and then").isAfter(NOW.plus(whole).minusSeconds(300));
        return sent;
    }

    private static ProviderReply refused(Addresses instead) {
        return new ProviderReply.AddressRefused("notfqdn", "refuses it", "mend", instead);
    }

    @Test
    void pausesDoubleUpToTheirLongest() {
        List<Long> minutes = new ArrayList<>();
        Entry entry = before;
        for (int i = 0; i < 8; i++) {
            entry = after(entry, new ProviderReply.Later("is ill", Pause.FAILING));
            minutes.add(Duration.between(NOW, wait(entry)).toMinutes());
        }
        assertThat(minutes).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 360L, 360L);
    }

    @Test
    void anotherKindOfFailureBeginsItsOwnCount() {
        Entry entry = before;
        for (int i = 0; i < 10; i++) {
            entry = after(entry, new ProviderReply.NotSent("refused", Pause.UNREACHABLE));
        }
        entry = after(entry, new ProviderReply.Later("is out of order", Pause.MAINTENANCE));
        assertThat(Duration.between(NOW, wait(entry))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aServerThatIsNotThereIsTriedAgainSoonAndThenLessAndLess() {
        Entry entry = after(before, new ProviderReply.NotSent("refused", Pause.UNREACHABLE));
        assertThat(Duration.between(NOW, wait(entry))).isEqualTo(Duration.ofMillis(250));
        for (int i = 0; i < 20; i++) {
            entry = after(entry, new ProviderReply.NotSent("refused", Pause.UNREACHABLE));
        }
        assertThat(Duration.between(NOW, wait(entry))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void chanceMakesPausesLongerByUpToAFifthAndNeverShorter() {
        ProviderReply later = new ProviderReply.Later("is out of order", Pause.MAINTENANCE);
        Entry lucky = reply(before, SEND, later, 0);
        Entry unlucky = reply(before, SEND, later, 1);
        assertThat(Duration.between(NOW, wait(lucky))).isEqualTo(Duration.ofMinutes(30));
        assertThat(Duration.between(NOW, wait(unlucky))).isEqualTo(Duration.ofMinutes(36));
    }

    @Test
    void threeNeedlessChangesInARowStop() {
        Entry entry = before;
        for (String address : List.of("192.0.2.2", "192.0.2.3")) {
            entry = nochg(entry, address);
            assertThat(entry.stop()).isEmpty();
        }
        entry = nochg(entry, "192.0.2.4");
        assertThat(entry.stop().orElseThrow().word()).isEqualTo("nochg");
        assertThat(entry.sent(Family.IPV4)).contains(InetAddress.ofLiteral("192.0.2.4"));
    }

    @Test
    void aGoodBetweenEndsTheCountOfNeedlessChanges() {
        Entry entry = nochg(nochg(before, "192.0.2.2"), "192.0.2.3");
        entry = after(entry, new ProviderReply.Accepted(NEW));
        entry = nochg(nochg(entry, "192.0.2.2"), "192.0.2.3");
        assertThat(entry.stop()).isEmpty();
    }

    @Test
    void needlessAfterADoubtIsExpectedAndNotCounted() {
        Entry entry = before;
        for (int i = 0; i < 5; i++) {
            entry = EntryChanges.beforeSending(entry, SEND, NOW);
            entry = nochg(entry, "192.0.2." + (10 + i));
        }
        assertThat(entry.stop()).isEmpty();
        assertThat(entry.unneeded()).isZero();
    }

    @Test
    void theDnsHavingItEndsTheDoubtWithoutATelling() {
        Entry after = lookup(doubtful(), answer(true, "192.0.2.7"));
        assertThat(after.pending()).isEmpty();
        assertThat(after.sent())
                .containsEntry(
                        Family.IPV4, new Sent(InetAddress.ofLiteral("192.0.2.7"), NOW, "dns"));
    }

    @Test
    void theDnsHavingAnotherOrOneMoreMeansToSends() {
        for (Published published :
                List.of(
                        answer(true),
                        answer(true, "192.0.2.1"),
                        answer(true, "192.0.2.7", "192.0.2.1"))) {
            Entry after = lookup(doubtful(), published);
            assertThat(after.pending().orElseThrow().asked()).contains(NOW);
            assertThat(after.sent()).isEqualTo(before.sent());
        }
    }

    @Test
    void aCacheIsBelievedTheSecondTimeAfterItsAnswerHasGone() {
        Entry once = lookup(doubtful(), answer(false, "192.0.2.7"));
        assertThat(once.sent()).isEqualTo(before.sent());
        assertThat(once.pending().orElseThrow().askAfter()).contains(NOW.plusSeconds(61));

        Entry twice = lookup(once, answer(false, "192.0.2.7"));
        assertThat(twice.pending()).isEmpty();
        assertThat(twice.sent(Family.IPV4)).contains(InetAddress.ofLiteral("192.0.2.7"));
    }

    @Test
    void aDnsThatCannotBeAskedHoldsTheNameUpForAFewSecondsOnly() {
        Entry entry = doubtful();
        entry = lookup(entry, new Published.Unknown("no answer"));
        assertThat(entry.pending().orElseThrow().askAfter()).contains(NOW.plusSeconds(5));
        entry = lookup(entry, new Published.Unknown("no answer"));
        assertThat(entry.pending().orElseThrow().askAfter()).contains(NOW.plusSeconds(10));
        entry = lookup(entry, new Published.Unknown("no answer"));
        assertThat(entry.pending().orElseThrow().asked()).contains(NOW);
    }

    @Test
    void anotherPasswordEndsAStopAndKeepsWhatWasSent() {
        Entry stopped = after(before, new ProviderReply.Refused("badauth", "refused", "mend"));
        Entry changed = EntryChanges.underSettings(stopped, new Target(TARGET.place(), "11111111"));
        assertThat(changed.stop()).isEmpty();
        assertThat(changed.sent()).isEqualTo(before.sent());
    }

    @Test
    void anotherServerWasNeverSentAnything() {
        Target other = new Target("dyndns2 http://other.example", TARGET.access());
        assertThat(EntryChanges.underSettings(before, other)).isEqualTo(Entry.fresh(other));
    }

    @Test
    void unchangedSettingsChangeNothing() {
        Entry stopped = after(before, new ProviderReply.Refused("badauth", "refused", "mend"));
        assertThat(EntryChanges.underSettings(stopped, TARGET)).isEqualTo(stopped);
    }

    private static Entry after(Entry entry, ProviderReply reply) {
        return reply(entry, SEND, reply, 0);
    }

    private static Entry nochg(Entry entry, String address) {
        Addresses addresses = Addresses.parse(address);
        return reply(entry, send(addresses), new ProviderReply.AlreadyRight(addresses), 0);
    }

    private static Decision.Send send(Addresses addresses) {
        return new Decision.Send(addresses, Reason.CHANGE, "why");
    }

    private static Entry reply(
            Entry entry, Decision.Send send, ProviderReply reply, double jitter) {
        return EntryChanges.afterReply(
                entry,
                EntryChanges.beforeSending(entry, send, NOW),
                send,
                reply,
                new EntryChanges.Circumstances(true, "e0", NOW, jitter));
    }

    private Entry doubtful() {
        return EntryChanges.beforeSending(before, SEND, NOW);
    }

    private static Entry lookup(Entry entry, Published published) {
        return EntryChanges.afterLookup(entry, NEW, published, false, NOW);
    }

    private static Published answer(boolean authoritative, String... addresses) {
        Set<InetAddress> set =
                Arrays.stream(addresses).map(InetAddress::ofLiteral).collect(Collectors.toSet());
        return new Published.Answer(
                Map.of(Family.IPV4, set), authoritative, Duration.ofSeconds(60));
    }

    private static Instant wait(Entry entry) {
        return entry.retry().map(Retry::notBefore).orElseThrow();
    }
}
