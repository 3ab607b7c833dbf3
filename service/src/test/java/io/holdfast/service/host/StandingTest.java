package io.holdfast.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.host.Standing.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A host's life as a line of text: `+TIME` lets time pass, `-TIME` sets the clock back, `change`
/// and `repeat` are updates, `owed` is a repeat after we failed, `block` and `unblock` are the
/// operator's. Each update leaves a word.
class StandingTest {
    private static final AbuseLimits LIMITS = new AbuseLimits(2, Duration.ofMinutes(5), 3);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the first repeat of a fresh host is counted     | repeat | counted
                    repeats beyond what is in hand are abuse        | repeat repeat repeat | counted counted ABUSE
                    one comes back each hour                        | repeat repeat +60m repeat repeat | counted counted counted ABUSE
                    not a minute earlier                            | repeat repeat +59m repeat | counted counted ABUSE
                    a repeat soon after a change is free            | change repeat repeat repeat +4m repeat | counted free free free free
                    not five minutes after it                       | change +5m repeat repeat repeat | counted counted counted ABUSE
                    a repeat after our failure is free              | owed owed owed owed | free free free free
                    changes have their own bucket                   | repeat repeat change | counted counted counted
                    changes beyond what is in hand are abuse        | change change change change | counted counted counted ABUSE
                    one change comes back each minute               | change change change +1m change change | counted counted counted counted ABUSE
                    a block holds for 24 hours                      | repeat repeat repeat +1439m change repeat | counted counted ABUSE ABUSE ABUSE
                    and ends by itself                              | repeat repeat repeat +1440m change | counted counted ABUSE counted
                    what is asked in a block does not lengthen it   | repeat repeat repeat +1439m repeat +1m change | counted counted ABUSE ABUSE counted
                    after it everything is in hand again            | repeat repeat repeat +1440m repeat repeat repeat | counted counted ABUSE counted counted ABUSE
                    the second block holds for 48 hours             | repeat repeat repeat +24h repeat repeat repeat +47h change +1h change | counted counted ABUSE counted counted ABUSE ABUSE counted
                    a monthly repeat is free after a counted one    | repeat +25d repeat | counted free
                    once a month, not twice                         | repeat +25d repeat repeat | counted free counted
                    a yearly one too                                | repeat +365d repeat | counted free
                    24 days are no month                            | repeat +24d repeat | counted counted
                    the operator's block does not end by itself     | block +400d change | ABUSE
                    the operator ends any block                     | repeat repeat repeat unblock change | counted counted ABUSE counted
                    a block given while the clock was ahead is over | repeat repeat repeat -3650d change | counted counted ABUSE counted
                    a step of the clock by seconds ends no block    | repeat repeat repeat -3s change | counted counted ABUSE ABUSE
                    a step of the clock by seconds refills nothing  | repeat repeat -3s repeat | counted counted ABUSE
                    a grace begun while the clock was ahead is over | change -3650d repeat | counted counted
                    a monthly repeat once the clock is right        | repeat -3650d repeat | counted free
                    and forgets it                                  | repeat repeat repeat unblock repeat repeat repeat +24h change | counted counted ABUSE counted counted ABUSE counted
                    """)
    void lives(String behaviour, String life, String words) {
        assertThat(live(life, LIMITS)).as(behaviour).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no needless update allowed  | 0 | 1 | repeat         | ABUSE
                    no limit to changes         | 1 | 0 | change change change change change change | free free free free free free
                    one of each                 | 1 | 1 | change change  | counted ABUSE
                    """)
    void limits(String behaviour, int unchanged, int changed, String life, String words) {
        AbuseLimits limits = new AbuseLimits(unchanged, Duration.ZERO, changed);
        assertThat(live(life, limits)).as(behaviour).isEqualTo(words);
    }

    @Test
    void levelsAreWhatTheOwnerSees() {
        Standing standing = Standing.FRESH;
        assertThat(standing.unchangedInHand(START, LIMITS)).isEqualTo(2);
        standing = standing.repeated(START, LIMITS, false).next();
        assertThat(standing.unchangedInHand(START, LIMITS)).isEqualTo(1);
        assertThat(standing.unchangedInHand(START.plusSeconds(3_599), LIMITS)).isEqualTo(1);
        assertThat(standing.unchangedInHand(START.plusSeconds(3_600), LIMITS)).isEqualTo(2);
        assertThat(standing.changedInHand(START, LIMITS)).isEqualTo(3);
        assertThat(standing.changedInHand(START, new AbuseLimits(1, Duration.ZERO, 0)))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aClockSetBackStartsFullBuckets() {
        Standing standing = Standing.FRESH.repeated(START, LIMITS, false).next();
        Instant before = START.minus(Duration.ofDays(30));
        assertThat(standing.unchangedInHand(before, LIMITS)).isEqualTo(2);
        assertThat(standing.repeated(before, LIMITS, false).refused()).isFalse();
    }

    @Test
    void blocksDoubleUpTo32Days() {
        Standing standing = Standing.FRESH;
        Instant now = START;
        long[] days = {1, 2, 4, 8, 16, 32, 32, 32};
        for (long expected : days) {
            Judgement judgement = standing.repeated(now, LIMITS, false);
            while (!judgement.refused()) {
                judgement = judgement.next().repeated(now, LIMITS, false);
            }
            Block block = judgement.next().blockedAt(now).orElseThrow();
            assertThat(block.until()).isEqualTo(Optional.of(now.plus(Duration.ofDays(expected))));
            standing = judgement.next();
            now = block.until().orElseThrow();
        }
    }

    /// The clients of the field, for a year each.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a new address each day                        | 1440  | 0     | false
                    inadyn: never changes, forced each 30 days    | 0     | 43200 | false
                    ddclient: never changes, forced each 25 days  | 0     | 36000 | false
                    a new address each day and a repeat each hour | 1440  | 60    | false
                    a router that repeats each 30 minutes         | 0     | 30    | true
                    a cron job each 10 minutes                    | 0     | 10    | true
                    a line that flaps each 2 minutes              | 2     | 0     | false
                    a line that flaps each 30 seconds is no line  | 0.5   | 0     | true
                    """)
    void aYear(String client, double changeEvery, double repeatEvery, boolean blocked) {
        AbuseLimits limits = AbuseLimits.DEFAULT;
        Standing standing = Standing.FRESH;
        boolean everBlocked = false;
        for (long halfMinute = 1; halfMinute < 2L * 60 * 24 * 365; halfMinute++) {
            Instant now = START.plusSeconds(30 * halfMinute);
            if (isDue(halfMinute, changeEvery)) {
                standing = standing.changed(now, limits).next();
            } else if (isDue(halfMinute, repeatEvery)) {
                standing = standing.repeated(now, limits, false).next();
            }
            everBlocked |= standing.blockedAt(now).isPresent();
        }
        assertThat(everBlocked).as(client).isEqualTo(blocked);
    }

    private static boolean isDue(long halfMinute, double everyMinutes) {
        return everyMinutes > 0 && halfMinute % (long) (everyMinutes * 2) == 0;
    }

    private static String live(String life, AbuseLimits limits) {
        Standing standing = Standing.FRESH;
        Instant now = START;
        StringBuilder words = new StringBuilder();
        for (String step : life.split(" ")) {
            if (step.startsWith("+") || step.startsWith("-")) {
                char unit = step.charAt(step.length() - 1);
                String prefix = unit == 'd' ? "P" : "PT";
                Duration time = Duration.parse(prefix + step.substring(1));
                now = step.startsWith("+") ? now.plus(time) : now.minus(time);
                continue;
            }
            if (step.endsWith("block")) {
                standing =
                        step.equals("block")
                                ? standing.blockedByOperator(now)
                                : standing.unblocked();
                continue;
            }
            Judgement judgement =
                    step.equals("change")
                            ? standing.changed(now, limits)
                            : standing.repeated(now, limits, step.equals("owed"));
            standing = judgement.next();
            words.append(judgement.refused() ? "ABUSE" : judgement.counted() ? "counted" : "free");
            words.append(' ');
        }
        return words.toString().strip();
    }
}
