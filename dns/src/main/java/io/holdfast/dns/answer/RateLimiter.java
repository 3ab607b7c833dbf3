package io.holdfast.dns.answer;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/// Response rate limiting: whoever makes us flood somebody by asking in his name gets little out of
/// it. Counts equal responses to one network in each second; beyond the limit most are dropped, and
/// every n-th is sent empty and truncated, so that a real client may come again by TCP.
///
/// Shared by all threads, without locks: a table of fixed size with two places for each pair of
/// network and response. What finds both taken replaces the quieter one. Two threads that count in
/// one place at the same moment may count once.
///
/// ```
///    63        40 39        24 23         0
///   | tag        | second     | responses  |
/// ```
public final class RateLimiter {
    /// What is to happen to a response.
    public enum Verdict {
        SEND,
        DROP,
        /// Send it empty, with TC.
        SLIP
    }

    /// Limits nothing.
    public static final RateLimiter OFF = new RateLimiter(0, 0, List.of(), () -> 0);

    /// The highest limit there may be.
    public static final int MOST_PER_SECOND = 1_000_000;

    /// The rarest truncated response there may be.
    public static final int MOST_SLIP = 100;

    private static final int PLACES = 1 << 17; // 1 MiB
    private static final long COUNT_MASK = 0xFF_FFFF;
    private static final int SECOND_SHIFT = 24;
    private static final int TAG_SHIFT = 40;

    private final int perSecond;
    private final int slip;
    private final ClientRange[] exempt;
    private final long seed;
    private final AtomicLongArray places;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder slipped = new LongAdder();

    /// @param perSecond how many equal responses one network may have; 0 for no limit
    /// @param slip beyond the limit every so manieth response is sent truncated; 0 for none, 1 for
    ///   all
    /// @param exempt for whom there is no limit; they are counted all the same
    /// @param random keeps strangers from foreseeing who shares a place
    /// @throws IllegalArgumentException for a number out of its range
    public RateLimiter(int perSecond, int slip, List<ClientRange> exempt, RandomGenerator random) {
        if (perSecond < 0 || perSecond > MOST_PER_SECOND || slip < 0 || slip > MOST_SLIP) {
            throw new IllegalArgumentException(
                    "%d responses a second, a slip of %d".formatted(perSecond, slip));
        }
        this.perSecond = perSecond;
        this.slip = slip;
        this.exempt = exempt.toArray(new ClientRange[0]);
        seed = random.nextLong();
        places = new AtomicLongArray(perSecond == 0 ? 0 : PLACES);
    }

    /// Whether there is a limit at all.
    public boolean isOn() {
        return perSecond > 0;
    }

    /// Counts one response.
    ///
    /// @param client as [ClientRange] has it
    /// @param response tells responses apart
    public Verdict count(byte[] client, long response, long nowSeconds) {
        long hash = mix(mix(seed ^ ClientRange.network(client)) ^ response);
        long key = (hash >>> TAG_SHIFT << TAG_SHIFT) | ((nowSeconds & 0xFFFF) << SECOND_SHIFT);
        int responses = countAt(place((int) hash & (PLACES - 2), key), key);
        if (responses <= perSecond || isExempt(client)) {
            return Verdict.SEND;
        }
        if (slip > 0 && (responses - perSecond) % slip == 0) {
            slipped.increment();
            return Verdict.SLIP;
        }
        dropped.increment();
        return Verdict.DROP;
    }

    /// Responses that were not sent.
    public long dropped() {
        return dropped.sum();
    }

    /// Responses that were sent truncated.
    public long slipped() {
        return slipped.sum();
    }

    /// Which of the two places that begin at `first` counts for this tag.
    private int place(int first, long key) {
        long one = places.getOpaque(first);
        if (one >>> TAG_SHIFT == key >>> TAG_SHIFT) {
            return first;
        }
        long other = places.getOpaque(first + 1);
        if (other >>> TAG_SHIFT == key >>> TAG_SHIFT) {
            return first + 1;
        }
        return worth(one, key) <= worth(other, key) ? first : first + 1;
    }

    /// What is lost with a place: nothing, if it counts another second.
    private static long worth(long place, long key) {
        boolean now = (((place ^ key) >>> SECOND_SHIFT) & 0xFFFF) == 0;
        return now ? place & COUNT_MASK : 0;
    }

    private int countAt(int place, long key) {
        long seen = places.getOpaque(place);
        boolean known = seen >>> SECOND_SHIFT == key >>> SECOND_SHIFT;
        long next = known ? seen + ((seen & COUNT_MASK) < COUNT_MASK ? 1 : 0) : key | 1;
        places.weakCompareAndSetPlain(place, seen, next);
        return (int) (next & COUNT_MASK);
    }

    private boolean isExempt(byte[] client) {
        for (ClientRange range : exempt) {
            if (range.contains(client)) {
                return true;
            }
        }
        return false;
    }

    /// The finalizer of MurmurHash3: every bit decides about every bit.
    private static long mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
