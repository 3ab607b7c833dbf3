package io.holdfast.agent.memory;

import io.holdfast.agent.address.AddressText;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Entry.Doubt;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.memory.Entry.Told;
import io.holdfast.agent.provider.Addresses;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// An entry as the text of a file: a line for the version, lines of a word and its fields with tabs
/// between, and a checksum over all before it.
///
/// ```
/// holdfast-memory 1
/// name      home.dyn.example
/// target    dyndns2 https://update.dyn.example   5f0c1a77
/// told      IPV4   192.0.2.7   2026-11-22T10:00:00Z   good
/// unneeded  0
/// sum       1f6c...
/// ```
///
/// The first and the last line are promises to every later version; what stands between is not.
final class EntryText {
    private static final String VERSION_LINE = "holdfast-memory 1\n";
    private static final String ANY_VERSION = "holdfast-memory ";
    private static final String SUM = "sum\t";
    private static final String NONE = "-";

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
        entry.told()
                .forEach((family, told) ->
                        line(
                                text,
                                "told",
                                family.name(),
                                AddressText.of(told.address()),
                                told.at().toString(),
                                told.by()));
        entry.doubt().ifPresent(doubt -> line(text, "doubt", fields(doubt)));
        entry.retry()
                .ifPresent(retry ->
                        line(
                                text,
                                "retry",
                                retry.notBefore().toString(),
                                Integer.toString(retry.failures()),
                                retry.first().toString(),
                                retry.why()));
        entry.stop()
                .ifPresent(stop ->
                        line(
                                text,
                                "stop",
                                stop.since().toString(),
                                stop.word(),
                                stop.meaning(),
                                stop.mend()));
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
        if (!text.startsWith(VERSION_LINE)) {
            String first = text.lines().findFirst().orElse("");
            return first.startsWith(ANY_VERSION)
                    ? new Reading.Newer(first.substring(ANY_VERSION.length()))
                    : new Reading.Damaged("it is no memory of Holdfast");
        }
        try {
            return new Reading.Sound(parse(name, text.substring(VERSION_LINE.length())));
        } catch (IllegalArgumentException
                | DateTimeException
                | ArrayIndexOutOfBoundsException notOurs) {
            return new Reading.Damaged("its checksum is right and its content is not: " + notOurs);
        }
    }

    private static Entry parse(String name, String text) {
        Target target = null;
        Map<Family, Told> told = new EnumMap<>(Family.class);
        Optional<Doubt> doubt = Optional.empty();
        Optional<Retry> retry = Optional.empty();
        Optional<Stop> stop = Optional.empty();
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
                        told.put(
                                Family.valueOf(f[1]),
                                new Told(InetAddress.ofLiteral(f[2]), Instant.parse(f[3]), f[4]));
                case "doubt" -> doubt = Optional.of(doubt(f));
                case "retry" ->
                        retry =
                                Optional.of(
                                        new Retry(
                                                Instant.parse(f[1]),
                                                Integer.parseInt(f[2]),
                                                Duration.parse(f[3]),
                                                f[4]));
                case "stop" -> stop = Optional.of(new Stop(Instant.parse(f[1]), f[2], f[3], f[4]));
                case "unneeded" -> unneeded = Integer.parseInt(f[1]);
                default -> throw new IllegalArgumentException("line " + f[0]);
            }
        }
        if (target == null) {
            throw new IllegalArgumentException("no target");
        }
        return new Entry(target, told, doubt, retry, stop, unneeded);
    }

    private static String[] fields(Doubt doubt) {
        return new String[] {
            doubt.about().isEmpty() ? NONE : doubt.about().toString(),
            doubt.since().toString(),
            doubt.asked().map(Instant::toString).orElse(NONE),
            Integer.toString(doubt.unanswered()),
            doubt.askAfter().map(Instant::toString).orElse(NONE),
            Boolean.toString(doubt.cached())
        };
    }

    private static Doubt doubt(String[] f) {
        return new Doubt(
                f[1].equals(NONE) ? Addresses.NONE : Addresses.parse(f[1]),
                Instant.parse(f[2]),
                instant(f[3]),
                Integer.parseInt(f[4]),
                instant(f[5]),
                Boolean.parseBoolean(f[6]));
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
