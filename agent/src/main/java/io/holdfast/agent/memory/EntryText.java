package io.holdfast.agent.memory;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry.Damping;
import io.holdfast.agent.memory.Entry.PendingConfirmation;
import io.holdfast.agent.memory.Entry.Rejection;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Sent;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An entry as the text of a file: a line for the version, lines of a word and its fields with tabs
/// between, and a checksum over all before it.
///
/// ```
/// holdfast-memory 2
/// name      home.dyn.example
/// target    dyndns2 https://update.dyn.example   5f0c1a77
/// told      IPV4   192.0.2.7   2026-11-22T10:00:00Z   good
/// unneeded  0
/// sum       1f6c...
/// ```
///
/// The first and the last line are promises to every later version; what stands between is not.
/// `told` is what was sent and taken, `doubt` the pending confirmation ([PendingConfirmation]).
/// Version 1 is read as well. It had no lines `rejected` and `damping`, and fewer fields in others.
final class EntryText {
    private static final String ANY_VERSION = "holdfast-memory ";
    private static final String VERSION_LINE = ANY_VERSION + "2\n";
    private static final String FIRST_VERSION_LINE = ANY_VERSION + "1\n";
    private static final String SUM = "sum\t";
    private static final String NONE = "-";
    private static final int LONGEST_TEXT = 2000;

    /// With what chance added to it in version 1.
    private static final Duration LONGEST_RETRY =
            Pause.LONGEST_NAMED.plus(Pause.LONGEST_NAMED.dividedBy(5));

    private EntryText() {}

    /// What a text turned out to be.
    sealed interface Reading {
        record Sound(Entry entry) implements Reading {}

        record Damaged(String why) implements Reading {}

        /// Whole, and made by a version of Holdfast after this one.
        record Newer(String version) implements Reading {}
    }

    static byte[] write(String name, Entry entry) {
        StringBuilder text = new StringBuilder(VERSION_LINE);
        line(text, "name", name);
        line(text, "target", entry.target().place(), entry.target().access());
        entry.sent()
                .forEach((family, sent) ->
                        line(
                                text,
                                "told",
                                family.name(),
                                AddressText.of(sent.address()),
                                sent.at().toString(),
                                sent.by()));
        entry.pending().ifPresent(pending -> line(text, "doubt", fields(pending)));
        entry.retry().ifPresent(retry -> line(text, "retry", fields(retry)));
        entry.stop().ifPresent(stop -> line(text, "stop", fields(stop)));
        entry.rejections().forEach(rejection -> line(text, "rejected", fields(rejection)));
        Damping damping = entry.damping();
        line(
                text,
                "damping",
                damping.at().toString(),
                Double.toString(damping.penalty()),
                text(damping.last()));
        line(text, "unneeded", Integer.toString(entry.unneeded()));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        text.append(SUM).append(sum(body, body.length)).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Never throws, whatever the bytes are.
    ///
    /// @param name whose memory it ought to be
    static Reading read(String name, byte[] bytes) {
        int sumLine = SUM.length() + 64 + 1;
        int bodyLength = bytes.length - sumLine;
        if (bodyLength < 0) {
            return new Reading.Damaged("it is cut short");
        }
        String expected = SUM + sum(bytes, bodyLength) + "\n";
        String last = new String(bytes, bodyLength, sumLine, StandardCharsets.ISO_8859_1);
        if (!last.equals(expected)) {
            return new Reading.Damaged("its checksum does not match");
        }
        String text = new String(bytes, 0, bodyLength, StandardCharsets.UTF_8);
        boolean ours = text.startsWith(VERSION_LINE) || text.startsWith(FIRST_VERSION_LINE);
        if (!ours) {
            String first = text.lines().findFirst().orElse("");
            return first.startsWith(ANY_VERSION)
                    ? new Reading.Newer(
                            OutsideText.printable(first.substring(ANY_VERSION.length())))
                    : new Reading.Damaged("it is no memory of Holdfast");
        }
        try {
            return new Reading.Sound(parse(name, text.substring(text.indexOf('\n') + 1)));
        } catch (IllegalArgumentException
                | DateTimeException
                | ArrayIndexOutOfBoundsException notOurs) {
            return new Reading.Damaged(
                    "its checksum is right and its content is not: "
                            + OutsideText.printable(notOurs.toString()));
        }
    }

    private static Entry parse(String name, String text) {
        Target target = null;
        Map<Family, Sent> sent = new EnumMap<>(Family.class);
        Optional<PendingConfirmation> pending = Optional.empty();
        Optional<Retry> retry = Optional.empty();
        Optional<Stop> stop = Optional.empty();
        List<Rejection> rejections = new ArrayList<>();
        Damping damping = Damping.NONE;
        int unneeded = 0;
        for (String line : text.lines().toList()) {
            String[] f = line.split("\t", -1);
            switch (f[0]) {
                case "name" -> {
                    if (!f[1].equals(name)) {
                        throw new IllegalArgumentException("it is about " + f[1]);
                    }
                }
                case "target" -> target = new Target(f[1], f[2]);
                case "told" ->
                        sent.put(
                                Family.valueOf(f[1]),
                                new Sent(
                                        InetAddress.ofLiteral(f[2]),
                                        Instant.parse(f[3]),
                                        said(f[4])));
                case "doubt" -> pending = Optional.of(pending(f));
                case "retry" -> retry = Optional.of(retry(f));
                case "stop" -> stop = stop(f);
                case "rejected" -> rejections.add(rejection(f));
                case "damping" ->
                        damping =
                                new Damping(
                                        Instant.parse(f[1]),
                                        Double.parseDouble(f[2]),
                                        addresses(f[3]));
                case "unneeded" -> unneeded = Integer.parseInt(f[1]);
                default -> throw new IllegalArgumentException("line " + f[0]);
            }
        }
        if (target == null) {
            throw new IllegalArgumentException("no target");
        }
        return new Entry(target, sent, pending, retry, stop, rejections, damping, unneeded);
    }

    private static String[] fields(PendingConfirmation pending) {
        return new String[] {
            text(pending.about()),
            pending.since().toString(),
            pending.asked().map(Instant::toString).orElse(NONE),
            Integer.toString(pending.unanswered()),
            pending.askAfter().map(Instant::toString).orElse(NONE),
            Boolean.toString(pending.cached())
        };
    }

    private static PendingConfirmation pending(String[] f) {
        return new PendingConfirmation(
                addresses(f[1]),
                Instant.parse(f[2]),
                instant(f[3]),
                Integer.parseInt(f[4]),
                instant(f[5]),
                Boolean.parseBoolean(f[6]));
    }

    private static String[] fields(Retry retry) {
        return new String[] {
            retry.notBefore().toString(),
            Integer.toString(retry.failures()),
            retry.first().toString(),
            retry.why(),
            retry.length().toString(),
            retry.ends().name(),
            text(retry.about()),
            retry.route()
        };
    }

    /// Version 1 knew neither the length nor what ends a wait early: it keeps its time, and can be
    /// as long as the longest that a provider may name.
    private static Retry retry(String[] f) {
        boolean first = f.length == 5;
        return new Retry(
                Instant.parse(f[1]),
                Integer.parseInt(f[2]),
                Duration.parse(f[3]),
                first ? LONGEST_RETRY : Duration.parse(f[5]),
                first ? Pause.Ends.AT_ITS_TIME : Pause.Ends.valueOf(f[6]),
                first ? Addresses.NONE : addresses(f[7]),
                first ? "" : f[8],
                said(f[4]));
    }

    private static String[] fields(Stop stop) {
        return new String[] {
            stop.since().toString(),
            stop.word(),
            stop.meaning(),
            stop.mend(),
            stop.until().map(Instant::toString).orElse(NONE)
        };
    }

    /// Version 1 stopped the name where only its address was refused. That stop is dropped: the
    /// address is sent once more, and the refusal then holds for it alone. One for abuse ended only
    /// by a person's hand; it ends after a day, as such a one does now.
    private static Optional<Stop> stop(String[] f) {
        Instant since = Instant.parse(f[1]);
        if (f.length == 5) {
            return switch (ProviderReply.scopeOf(f[2])) {
                case ADDRESS -> Optional.empty();
                case A_WHILE ->
                        Optional.of(
                                new Stop(
                                        since,
                                        said(f[2]),
                                        said(f[3]),
                                        mend(f[4]),
                                        Optional.of(since.plus(Pause.BLOCKED))));
                case NAME ->
                        Optional.of(
                                new Stop(
                                        since,
                                        said(f[2]),
                                        said(f[3]),
                                        mend(f[4]),
                                        Optional.empty()));
            };
        }
        return Optional.of(new Stop(since, said(f[2]), said(f[3]), mend(f[4]), instant(f[5])));
    }

    private static String[] fields(Rejection rejection) {
        return new String[] {
            text(rejection.about()),
            rejection.at().toString(),
            rejection.word(),
            rejection.meaning(),
            rejection.mend()
        };
    }

    private static Rejection rejection(String[] f) {
        return new Rejection(
                addresses(f[1]), Instant.parse(f[2]), said(f[3]), said(f[4]), mend(f[5]));
    }

    /// What was said, for people. An earlier version kept it as it came.
    private static String said(String text) {
        return OutsideText.message(text, LONGEST_TEXT);
    }

    /// Earlier versions suggested to forget a name where it is enough to try it again.
    private static String mend(String text) {
        return said(text).replace("holdfast agent forget NAME", "holdfast agent retry NAME");
    }

    private static String text(Addresses addresses) {
        return addresses.isEmpty() ? NONE : addresses.toString();
    }

    private static Addresses addresses(String text) {
        return text.equals(NONE) ? Addresses.NONE : Addresses.parse(text);
    }

    private static Optional<Instant> instant(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private static void line(StringBuilder text, String word, String... fields) {
        text.append(word);
        for (String field : fields) {
            text.append('\t').append(field.replaceAll("\\p{Cntrl}", " "));
        }
        text.append('\n');
    }

    private static String sum(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
