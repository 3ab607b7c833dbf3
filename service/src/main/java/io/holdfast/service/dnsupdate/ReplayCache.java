package io.holdfast.service.dnsupdate;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.tsig.TsigVerdict.Signed;
import io.holdfast.service.change.ZoneUpdateOutcome;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Signed updates that have been seen, so that the same octets change something once.
///
/// A client that heard nothing sends again (Kea after half a second), and it gets the outcome of
/// the first time, without being counted again. Somebody who recorded an update and sends it later
/// gets no more than that either: by the time a message is forgotten here its time has run out, as
/// long as there are no more than [#MOST] in ten minutes; beyond that the oldest are forgotten
/// earlier, and memory stays as it is (about 200 octets each).
final class ReplayCache {
    static final int MOST = 65_536;

    /// A message may be signed five minutes ahead of our clock and is good until five minutes after
    /// that (RFC 8945 §5.2.3).
    static final long REMEMBERED_SECONDS = 600;

    private final Map<Seen, Entry> seen = new LinkedHashMap<>();

    /// What came of it the first time, or will come.
    ///
    /// @param now in seconds since 1970
    /// @param first has it done; must not wait
    CompletableFuture<ZoneUpdateOutcome> once(
            Signed message, long now, Supplier<CompletableFuture<ZoneUpdateOutcome>> first) {
        Seen key = Seen.of(message);
        CompletableFuture<ZoneUpdateOutcome> outcome;
        synchronized (seen) {
            Entry entry = seen.get(key);
            if (entry != null) {
                return entry.outcome;
            }
            forgetTheOldest(now);
            outcome = first.get();
            seen.put(key, new Entry(outcome, now));
        }
        return outcome.thenApply(done -> forgetUnlessSettled(key, done));
    }

    int size() {
        synchronized (seen) {
            return seen.size();
        }
    }

    private void forgetTheOldest(long now) {
        Iterator<Entry> oldest = seen.values().iterator();
        while (oldest.hasNext()) {
            boolean isTimeUp = now - oldest.next().since > REMEMBERED_SECONDS;
            if (!isTimeUp && seen.size() < MOST) {
                return;
            }
            oldest.remove();
        }
    }

    /// Our own faults pass: the next try is a new one.
    private ZoneUpdateOutcome forgetUnlessSettled(Seen key, ZoneUpdateOutcome outcome) {
        if (outcome.rcode().equals(Rcode.SERVFAIL)) {
            synchronized (seen) {
                seen.remove(key);
            }
        }
        return outcome;
    }

    private record Entry(CompletableFuture<ZoneUpdateOutcome> outcome, long since) {}

    /// The first octets of the MAC: as many as every MAC has, because the rest may be cut off by
    /// whoever sends it again.
    private record Seen(long time, long mac, int moreMac) {
        static Seen of(Signed message) {
            byte[] mac = message.mac();
            long first =
                    (long) BigEndian.i32(mac, 0) << 32 | (BigEndian.i32(mac, 4) & 0xFFFF_FFFFL);
            return new Seen(message.time(), first, BigEndian.u16(mac, 8));
        }
    }
}
