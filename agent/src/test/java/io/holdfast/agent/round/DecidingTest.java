package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.Doubt;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecidingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /// Remembered: `never` told, `told ADDRESS [AGE]`, `doubt ADDRESS|all`, `asked AGE`, `ask-after
    /// TIME`, `retry TIME`, `stop WORD`; times in minutes from now. Seen: `ADDRESS`, `none` or `?`,
    /// with a plus between families.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a name never told is told                        | never                                  | 192.0.2.7      | Tell 192.0.2.7
                    what was told is not told again                  | told 192.0.2.7                         | 192.0.2.7      | Nothing right
                    nor a year later                                 | told 192.0.2.7 525600                  | 192.0.2.7      | Nothing right
                    a new address is told                            | told 192.0.2.7                         | 192.0.2.8      | Tell 192.0.2.8
                    only the family that changed is told             | told 192.0.2.7, told 2001:db8::1       | 192.0.2.7+2001:db8::2 | Tell 2001:db8::2
                    both are told in one when both changed           | told 192.0.2.7, told 2001:db8::1       | 192.0.2.8+2001:db8::2 | Tell 192.0.2.8,2001:db8::2
                    a family seen for the first time is told         | told 192.0.2.7                         | 192.0.2.7+2001:db8::1 | Tell 2001:db8::1
                    without an address nothing is told               | told 192.0.2.7                         | none           | Nothing not-right
                    a source that cannot be asked tells nothing      | told 192.0.2.7                         | ?              | Nothing not-right
                    one family's silence does not hold the other     | told 192.0.2.7                         | 192.0.2.8+?    | Tell 192.0.2.8
                    one family's silence is not all right            | told 192.0.2.7                         | 192.0.2.7+none | Nothing not-right
                    a stopped name is not told                       | told 192.0.2.7, stop badauth           | 192.0.2.8      | Stopped badauth
                    a stop outlasts every wait                       | stop abuse, retry -5                   | 192.0.2.8      | Stopped abuse
                    a wait is kept                                   | retry 30                               | 192.0.2.7      | Wait 30
                    a wait that is over is over                      | retry 0                                | 192.0.2.7      | Tell 192.0.2.7
                    a wait without anything to tell is none          | told 192.0.2.7, retry 30               | 192.0.2.7      | Nothing right
                    a telling without an end is looked up            | doubt 192.0.2.7                        | 192.0.2.7      | Confirm 192.0.2.7
                    so is a lost memory, for all that is seen        | doubt all                              | 192.0.2.7+2001:db8::1 | Confirm 192.0.2.7,2001:db8::1
                    the lookup does not wait for the provider        | doubt 192.0.2.7, retry 10              | 192.0.2.7      | Confirm 192.0.2.7
                    not found in the DNS: told                       | doubt 192.0.2.7, asked 0               | 192.0.2.7      | Tell 192.0.2.7
                    not found, but the provider wants a pause        | doubt 192.0.2.7, asked 0, retry 10     | 192.0.2.7      | Wait 10
                    after the pause the DNS is asked once more       | doubt 192.0.2.7, asked -10, retry -1   | 192.0.2.7      | Confirm 192.0.2.7
                    and then it is told                              | doubt 192.0.2.7, asked -1, retry -1    | 192.0.2.7      | Tell 192.0.2.7
                    a lookup that failed is repeated later           | doubt 192.0.2.7, ask-after 1           | 192.0.2.7      | Wait 1
                    back to the old address while the new is in doubt| told 192.0.2.7, doubt 192.0.2.8        | 192.0.2.7      | Confirm 192.0.2.7
                    so is one about the address that was told        | told 192.0.2.7, doubt 192.0.2.7        | 192.0.2.7      | Confirm 192.0.2.7
                    one family's doubt does not touch the other      | told 192.0.2.7, doubt 2001:db8::1      | 192.0.2.7      | Nothing right
                    """)
    void decidesThat(String behaviour, String remembered, String seen, String expected) {
        Decision decision =
                Deciding.decide(entry(remembered), sightings(seen), Optional.empty(), NOW);
        assertThat(text(decision)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "told {0} days ago with a keep-alive of 28 days: {1}")
    @CsvSource(
            delimiter = '|',
            value = {"27 | Nothing right", "28 | Tell 192.0.2.7 keep-alive"})
    void keepAliveTellsAnUnchangedAddressAgainWhenItIsTime(int days, String expected) {
        Entry entry =
                entry("never")
                        .withTold(
                                Addresses.parse("192.0.2.7"),
                                NOW.minus(Duration.ofDays(days)),
                                "good");
        Decision decision =
                Deciding.decide(
                        entry, sightings("192.0.2.7"), Optional.of(Duration.ofDays(28)), NOW);
        assertThat(text(decision)).isEqualTo(expected);
    }

    private static Entry entry(String remembered) {
        Entry entry = Entry.fresh(new Target("dyndns2 http://u.example", "00000000"));
        for (String fact : remembered.split(",")) {
            String[] words = fact.strip().split(" ");
            entry =
                    switch (words[0]) {
                        case "never" -> entry;
                        case "told" ->
                                entry.withTold(
                                        Addresses.parse(words[1]),
                                        words.length < 3 ? NOW : minutes("-" + words[2]),
                                        "good");
                        case "doubt" ->
                                entry.withDoubt(
                                        Optional.of(
                                                Doubt.about(
                                                        words[1].equals("all")
                                                                ? Addresses.NONE
                                                                : Addresses.parse(words[1]),
                                                        NOW)));
                        case "asked" -> entry.withDoubt(entry.doubt().map(d -> asked(d, words[1])));
                        case "ask-after" ->
                                entry.withDoubt(entry.doubt().map(d -> askAfter(d, words[1])));
                        case "retry" ->
                                entry.withRetry(
                                        Optional.of(
                                                new Retry(
                                                        minutes(words[1]),
                                                        1,
                                                        Duration.ofMinutes(1),
                                                        "why")));
                        case "stop" ->
                                entry.withStop(
                                        Optional.of(new Stop(NOW, words[1], "meaning", "mend")));
                        default -> throw new IllegalArgumentException(fact);
                    };
        }
        return entry;
    }

    private static Doubt asked(Doubt d, String when) {
        return new Doubt(
                d.about(), d.since(), Optional.of(minutes(when)), 0, Optional.empty(), false);
    }

    private static Doubt askAfter(Doubt d, String when) {
        return new Doubt(
                d.about(), d.since(), Optional.empty(), 1, Optional.of(minutes(when)), false);
    }

    private static Instant minutes(String text) {
        return NOW.plus(Duration.ofMinutes(Long.parseLong(text)));
    }

    private static Map<Family, Sighting> sightings(String text) {
        Map<Family, Sighting> seen = new EnumMap<>(Family.class);
        Family next = Family.IPV4;
        for (String one : text.split("\\+")) {
            switch (one) {
                case "none" -> seen.put(next, new Sighting.NoAddress("why"));
                case "?" -> seen.put(next, new Sighting.Unavailable("why"));
                default -> {
                    InetAddress address = InetAddress.ofLiteral(one);
                    seen.put(Addresses.familyOf(address), new Sighting.Seen(address, "how"));
                }
            }
            next = Family.IPV6;
        }
        return seen;
    }

    private static String text(Decision decision) {
        return switch (decision) {
            case Decision.Nothing(boolean right, _) -> "Nothing " + (right ? "right" : "not-right");
            case Decision.Tell(Addresses addresses, boolean keepAlive, _) ->
                    "Tell " + addresses + (keepAlive ? " keep-alive" : "");
            case Decision.Confirm(Addresses addresses, _) -> "Confirm " + addresses;
            case Decision.Wait(_, Instant until, _) ->
                    "Wait " + Duration.between(NOW, until).toMinutes();
            case Decision.Stopped(String word, _, _) -> "Stopped " + word;
        };
    }
}
