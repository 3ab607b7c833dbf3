package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Entry.Damping;
import io.holdfast.agent.memory.Entry.PendingConfirmation;
import io.holdfast.agent.memory.Entry.Rejection;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.round.Decider.Rules;
import io.holdfast.agent.round.Decider.Situation;
import io.holdfast.agent.round.Decision.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeciderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /// Remembered: `never` sent, `sent ADDRESS [AGE]`, `pending ADDRESS|all`, `asked AGE`,
    /// `ask-after TIME`, `retry TIME LENGTH ENDS ADDRESSES ROUTE`, `stop WORD [SINCE UNTIL]`,
    /// `refused ADDRESSES`, `changed SECONDS PENALTY ADDRESSES`; times in minutes from now. Seen:
    /// `ADDRESS`, `none` or `?`, with a plus between families. How: `apart`, `private`,
    /// `keep-alive` of 28 days, `moving FAMILY SECONDS`, `route ROUTE`.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a name never sent is sent                        | never                                  | 192.0.2.7      || Send 192.0.2.7
                    what was sent is not sent again                  | sent 192.0.2.7                         | 192.0.2.7      || Nothing right
                    nor a year later                                 | sent 192.0.2.7 525600                  | 192.0.2.7      || Nothing right
                    a new address is sent                            | sent 192.0.2.7                         | 192.0.2.8      || Send 192.0.2.8
                    the family that did not change is sent with it   | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.7+2001:db8::2 || Send 192.0.2.7,2001:db8::2
                    where each goes by itself, it is left out        | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.7+2001:db8::2 | apart | Send 2001:db8::2
                    both are sent in one when both changed           | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.8+2001:db8::2 || Send 192.0.2.8,2001:db8::2
                    where each goes by itself, one after the other   | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.8+2001:db8::2 | apart | Send 192.0.2.8
                    a family seen for the first time is sent         | sent 192.0.2.7                         | 192.0.2.7+2001:db8::1 || Send 192.0.2.7,2001:db8::1
                    one whose source is silent is sent as last       | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.8+?    || Send 192.0.2.8,2001:db8::1
                    one that has no address any more is left out     | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.8+none || Send 192.0.2.8
                    without an address nothing is sent               | sent 192.0.2.7                         | none           || Nothing not-right
                    a source that cannot be asked sends nothing      | sent 192.0.2.7                         | ?              || Nothing not-right
                    one family's silence does not hold the other     | sent 192.0.2.7                         | 192.0.2.8+?    || Send 192.0.2.8
                    one family's silence is not all right            | sent 192.0.2.7                         | 192.0.2.7+none || Nothing not-right
                    a stopped name is not sent                       | sent 192.0.2.7, stop badauth           | 192.0.2.8      || Stopped badauth
                    a stop outlasts every wait                       | stop badauth, retry -5 5               | 192.0.2.8      || Stopped badauth
                    a block with an end holds till then              | sent 192.0.2.7, stop abuse -5 5        | 192.0.2.8      || Stopped abuse
                    after it a changed address is sent               | sent 192.0.2.7, stop abuse -60 0       | 192.0.2.8      || Send 192.0.2.8
                    and an unchanged one is not                      | sent 192.0.2.7, stop abuse -60 0       | 192.0.2.7      || Nothing right
                    nor the one that was answered with it            | stop abuse -60 0, refused 192.0.2.7    | 192.0.2.7      || Nothing not-right
                    a block of the clock's future is over            | stop abuse 525600 527040               | 192.0.2.8      || Send 192.0.2.8
                    a wait is kept                                   | retry 30 30                            | 192.0.2.7      || Wait 30
                    a wait that is over is over                      | retry 0 30                             | 192.0.2.7      || Send 192.0.2.7
                    a wait of the clock's future is over             | retry 525600 30                        | 192.0.2.7      || Send 192.0.2.7
                    a step of the clock by seconds ends no wait      | retry 31 30                            | 192.0.2.7      || Wait 30
                    a wait without anything to send is none          | sent 192.0.2.7, retry 30 30            | 192.0.2.7      || Nothing right
                    the provider's own time outlasts an address      | retry 30 30 AT_ITS_TIME 192.0.2.7 e0   | 192.0.2.8      | route e1 | Wait 30
                    its word in general does not                     | retry 30 30 WITH_THE_ADDRESS 192.0.2.7 e0 | 192.0.2.8   | route e0 | Send 192.0.2.8
                    but it outlasts a route                          | retry 30 30 WITH_THE_ADDRESS 192.0.2.7 e0 | 192.0.2.7   | route e1 | Wait 30
                    a trouble on the way ends with the address       | retry 30 30 WITH_ADDRESS_OR_ROUTE 192.0.2.7 e0 | 192.0.2.8 | route e0 | Send 192.0.2.8
                    or with the route                                | retry 30 30 WITH_ADDRESS_OR_ROUTE 192.0.2.7 e0 | 192.0.2.7 | route e1 | Send 192.0.2.7
                    and not without reason                           | retry 30 30 WITH_ADDRESS_OR_ROUTE 192.0.2.7 e0 | 192.0.2.7 | route e0 | Wait 30
                    a route that is not known ends nothing           | retry 30 30 WITH_ADDRESS_OR_ROUTE 192.0.2.7 e0 | 192.0.2.7 || Wait 30
                    the other family's coming ends it too            | retry 30 30 WITH_THE_ADDRESS 192.0.2.7 e0 | 192.0.2.7+2001:db8::1 | route e0 | Send 192.0.2.7,2001:db8::1
                    an update without an end is looked up            | pending 192.0.2.7                        | 192.0.2.7      || Confirm 192.0.2.7
                    so is a lost memory, for all that is seen        | pending all                              | 192.0.2.7+2001:db8::1 || Confirm 192.0.2.7,2001:db8::1
                    the lookup does not wait for the provider        | pending 192.0.2.7, retry 10 10           | 192.0.2.7      || Confirm 192.0.2.7
                    not found in the DNS: sent                       | pending 192.0.2.7, asked 0               | 192.0.2.7      || Send 192.0.2.7
                    an answer of the clock's future does not count   | pending 192.0.2.7, asked 525600          | 192.0.2.7      || Confirm 192.0.2.7
                    not found, but the provider wants a pause        | pending 192.0.2.7, asked 0, retry 10 10  | 192.0.2.7      || Wait 10
                    after the pause the DNS is asked once more       | pending 192.0.2.7, asked -10, retry -1 9 | 192.0.2.7      || Confirm 192.0.2.7
                    also when the pause ends early                   | pending 192.0.2.7, asked -10, retry 30 50 WITH_ADDRESS_OR_ROUTE 192.0.2.7 e0 | 192.0.2.7 | route e1 | Confirm 192.0.2.7
                    and then it is sent                              | pending 192.0.2.7, asked -1, retry -1 9  | 192.0.2.7      || Send 192.0.2.7
                    a lookup that failed is repeated later           | pending 192.0.2.7, ask-after 1           | 192.0.2.7      || Wait 1
                    a lookup of the clock's future is due            | pending 192.0.2.7, ask-after 525600      | 192.0.2.7      || Confirm 192.0.2.7
                    back to the old address while the new is in pending| sent 192.0.2.7, pending 192.0.2.8        | 192.0.2.7      || Confirm 192.0.2.7
                    so is one about the address that was sent        | sent 192.0.2.7, pending 192.0.2.7        | 192.0.2.7      || Confirm 192.0.2.7
                    one family's pending does not touch the other      | sent 192.0.2.7, pending 2001:db8::1      | 192.0.2.7      || Nothing right
                    nor does it hold the other up                    | sent 192.0.2.7, pending 2001:db8::1      | 192.0.2.8      || Send 192.0.2.8
                    a private address is not sent outside            | sent 192.0.2.7                         | 192.168.1.2    || Nothing not-right
                    nor one behind carrier NAT                       | never                                  | 100.64.1.2     || Nothing not-right
                    nor a unique local one                           | never                                  | none+fd00::1   || Nothing not-right
                    unless the owner allows it                       | never                                  | 192.168.1.2    | private | Send 192.168.1.2
                    after a global one with a warning                | sent 192.0.2.7                         | 192.168.1.2    | private | Send 192.168.1.2 WARN
                    after a private one without                      | sent 192.168.1.3                       | 192.168.1.2    | private | Send 192.168.1.2
                    what every provider refuses is never sent        | never                                  | 198.18.0.1     | private | Nothing not-right
                    a private family does not hold the other         | sent 192.0.2.7                         | 192.168.1.2+2001:db8::1 || Send 2001:db8::1
                    a refused address is not sent again              | sent 192.0.2.7, refused 192.0.2.8      | 192.0.2.8      || Nothing not-right
                    another one is                                   | sent 192.0.2.7, refused 192.0.2.8      | 192.0.2.9      || Send 192.0.2.9
                    the other family is too                          | refused 192.0.2.8                      | 192.0.2.8+2001:db8::1 || Send 2001:db8::1
                    two refused together are sent one by one         | refused 192.0.2.8/2001:db8::1          | 192.0.2.8+2001:db8::1 || Send 192.0.2.8
                    and then the other                               | refused 192.0.2.8/2001:db8::1, refused 192.0.2.8 | 192.0.2.8+2001:db8::1 || Send 2001:db8::1
                    and then none                                    | refused 192.0.2.8, refused 2001:db8::1 | 192.0.2.8+2001:db8::1 || Nothing not-right
                    a route on the move is waited for                | sent 192.0.2.7                         | 192.0.2.8      | moving IPV4 120 | Wait 2
                    one that came back needs nothing                 | sent 192.0.2.7                         | 192.0.2.7      | moving IPV4 120 | Nothing right
                    the other family is not held up by it            | sent 192.0.2.7, sent 2001:db8::1       | 192.0.2.8+2001:db8::2 | moving IPV4 120 | Send 192.0.2.7,2001:db8::2
                    the first change is sent at once                 | sent 192.0.2.7, changed 600 1 192.0.2.7 | 192.0.2.8     || Send 192.0.2.8
                    a line that flaps is held back                   | sent 192.0.2.7, changed 8 31 192.0.2.7 | 192.0.2.8      || Wait 1
                    one that fell quiet is not                       | sent 192.0.2.7, changed 121 31 192.0.2.7 | 192.0.2.8    || Send 192.0.2.8
                    a change of the clock's future holds nothing     | sent 192.0.2.7, changed -999999 31 192.0.2.7 | 192.0.2.8 || Send 192.0.2.8
                    the rest of a change is not another one          | refused 192.0.2.8/2001:db8::1, changed 0 31 192.0.2.8/2001:db8::1 | 192.0.2.8+2001:db8::1 || Send 192.0.2.8
                    28 days later an unchanged address is sent again | sent 192.0.2.7 40320                   | 192.0.2.7      | keep-alive | Send 192.0.2.7 keep-alive
                    not a minute earlier                             | sent 192.0.2.7 40319                   | 192.0.2.7      | keep-alive | Nothing right
                    one sent in the clock's future, too              | sent 192.0.2.7 -525600                 | 192.0.2.7      | keep-alive | Send 192.0.2.7 keep-alive
                    not one sent before a step by seconds            | sent 192.0.2.7 -1                      | 192.0.2.7      | keep-alive | Nothing right
                    both families are sent again together            | sent 192.0.2.7 40320, sent 2001:db8::1 | 192.0.2.7+2001:db8::1 | keep-alive | Send 192.0.2.7,2001:db8::1 keep-alive
                    a line that flaps keeps nobody alive less        | sent 192.0.2.7 40320, changed 0 31 192.0.2.9 | 192.0.2.7 | keep-alive | Send 192.0.2.7 keep-alive
                    """)
    void decidesThat(
            String behaviour,
            String remembered,
            String seen,
            @Nullable String how,
            String expected) {
        assertThat(text(decide(entry(remembered), seen, how == null ? "" : how)))
                .isEqualTo(expected);
    }

    private static Decision decide(Entry entry, String seen, String how) {
        List<String> words = List.of(how.split(" "));
        Optional<Duration> keepAlive =
                words.contains("keep-alive") ? Optional.of(Duration.ofDays(28)) : Optional.empty();
        Rules rules =
                new Rules(keepAlive, !words.contains("apart"), words.contains("private"), true);
        Map<Family, Instant> moving =
                words.contains("moving")
                        ? Map.of(
                                Family.valueOf(words.get(1)),
                                NOW.plusSeconds(Long.parseLong(words.get(2))))
                        : Map.of();
        String route = words.contains("route") ? words.get(1) : "";
        Situation situation = new Situation(observations(seen), moving, route, NOW);
        return Decider.decide(EntryChanges.inSituation(entry, situation), rules, situation);
    }

    private static Entry entry(String remembered) {
        Entry entry = Entry.fresh(new Target("dyndns2 http://u.example", "00000000"));
        for (String fact : remembered.split(", ")) {
            entry = with(entry, List.of(fact.strip().split(" ")));
        }
        return entry;
    }

    private static Entry with(Entry entry, List<String> words) {
        String word = words.size() < 2 ? "" : words.get(1);
        return switch (words.getFirst()) {
            case "never" -> entry;
            case "sent" ->
                    entry.withSent(
                            Addresses.parse(word),
                            words.size() < 3 ? NOW : minutes(words.get(2), -1),
                            "good");
            case "pending" ->
                    entry.withPending(
                            Optional.of(
                                    PendingConfirmation.about(
                                            word.equals("all")
                                                    ? Addresses.NONE
                                                    : Addresses.parse(word),
                                            NOW)));
            case "asked" -> entry.withPending(entry.pending().map(d -> asked(d, word)));
            case "ask-after" -> entry.withPending(entry.pending().map(d -> askAfter(d, word)));
            case "retry" -> entry.withRetry(Optional.of(retry(words)));
            case "stop" ->
                    entry.withStop(
                            Optional.of(
                                    new Stop(
                                            words.size() < 3 ? NOW : minutes(words.get(2), 1),
                                            word,
                                            "meaning",
                                            "mend",
                                            words.size() < 4
                                                    ? Optional.empty()
                                                    : Optional.of(minutes(words.get(3), 1)))));
            case "refused" ->
                    entry.withRejection(
                            new Rejection(
                                    addresses(word), NOW, "notfqdn", "refuses it", "mend it"));
            case "changed" ->
                    entry.withDamping(
                            new Damping(
                                    NOW.minusSeconds(Long.parseLong(word)),
                                    Double.parseDouble(words.get(2)),
                                    addresses(words.get(3))));
            default -> throw new IllegalArgumentException(String.join(" ", words));
        };
    }

    private static Retry retry(List<String> words) {
        boolean plain = words.size() < 4;
        return new Retry(
                minutes(words.get(1), 1),
                1,
                Duration.ofMinutes(1),
                Duration.ofMinutes(Long.parseLong(words.get(2))),
                plain ? Pause.Ends.AT_ITS_TIME : Pause.Ends.valueOf(words.get(3)),
                plain ? Addresses.NONE : addresses(words.get(4)),
                plain ? "" : words.get(5),
                "why");
    }

    private static Addresses addresses(String text) {
        return Addresses.parse(text.replace('/', ','));
    }

    private static PendingConfirmation asked(PendingConfirmation d, String when) {
        return new PendingConfirmation(
                d.about(), d.since(), Optional.of(minutes(when, 1)), 0, Optional.empty(), false);
    }

    private static PendingConfirmation askAfter(PendingConfirmation d, String when) {
        return new PendingConfirmation(
                d.about(), d.since(), Optional.empty(), 1, Optional.of(minutes(when, 1)), false);
    }

    private static Instant minutes(String text, int sign) {
        return NOW.plus(Duration.ofMinutes(sign * Long.parseLong(text)));
    }

    private static Map<Family, Observation> observations(String text) {
        Map<Family, Observation> seen = new EnumMap<>(Family.class);
        Family next = Family.IPV4;
        for (String one : text.split("\\+")) {
            switch (one) {
                case "none" -> seen.put(next, new Observation.NoAddress("why"));
                case "?" -> seen.put(next, new Observation.Unavailable("why"));
                default -> {
                    InetAddress address = InetAddress.ofLiteral(one);
                    seen.put(Addresses.familyOf(address), new Observation.Seen(address, "how"));
                }
            }
            next = Family.IPV6;
        }
        return seen;
    }

    private static String text(Decision decision) {
        return switch (decision) {
            case Decision.Nothing(boolean right, _, _) ->
                    "Nothing " + (right ? "right" : "not-right");
            case Decision.Send(Addresses addresses, Reason reason, _, String warning) ->
                    "Send "
                            + addresses
                            + (reason == Reason.KEEP_ALIVE ? " keep-alive" : "")
                            + (warning.isEmpty() ? "" : " WARN");
            case Decision.Confirm(Addresses addresses, _) -> "Confirm " + addresses;
            case Decision.Wait(_, Instant until, _, _) ->
                    "Wait " + Duration.between(NOW, until).toMinutes();
            case Decision.Stopped(String word, _, _, _) -> "Stopped " + word;
        };
    }
}
