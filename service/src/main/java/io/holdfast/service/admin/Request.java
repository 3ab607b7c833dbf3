package io.holdfast.service.admin;

import io.holdfast.runtime.OutsideText;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One thing to be done.
///
/// On the wire: the verb, the number of names and the names, the number of details and each
/// detail's name and value, the body; every text as its length in four octets and UTF-8.
///
/// @param names what it is about: hosts, an account, a zone
/// @param details what else it says
/// @param body a text file's content; empty when there is none
public record Request(Verb verb, List<String> names, Map<Detail, String> details, String body) {
    private static final int MAX_NAMES = 100_000;
    private static final int MAX_TEXT = 4096;

    /// How much of a name that is too long is shown, in characters.
    private static final int SHOWN = 40;

    /// In octets; enough for a million hosts with everything said about each.
    static final int MAX_BODY = 256 << 20;

    public Request {
        names = List.copyOf(names);
        details = Map.copyOf(details);
    }

    public static Request of(Verb verb, String... names) {
        return new Request(verb, List.of(names), Map.of(), "");
    }

    public static Request of(Verb verb, List<String> names) {
        return new Request(verb, names, Map.of(), "");
    }

    public Request with(Detail detail, Optional<String> value) {
        Map<Detail, String> more = new EnumMap<>(Detail.class);
        more.putAll(details);
        value.ifPresent(said -> more.put(detail, said));
        return new Request(verb, names, more, body);
    }

    public Request with(Detail detail, String value) {
        return with(detail, Optional.of(value));
    }

    /// @param content at most 256 MiB
    public Request withBody(String content) {
        return new Request(verb, names, details, content);
    }

    Optional<String> detail(Detail detail) {
        return Optional.ofNullable(details.get(detail));
    }

    /// The one name of a request that is about one thing.
    String name() {
        return names.getFirst();
    }

    /// Without details and body: they may be secrets.
    @Override
    public String toString() {
        return "Request[" + verb + " " + names + "]";
    }

    /// Why it cannot be asked for at all, whether a service runs or not; empty if it can.
    Optional<String> objection() {
        if (names.size() > MAX_NAMES) {
            return Optional.of(
                    "at most %d names at once, not %d".formatted(MAX_NAMES, names.size()));
        }
        // Not what an option says: it may be a secret.
        if (details.values().stream().anyMatch(said -> octets(said) > MAX_TEXT)) {
            return Optional.of("what an option says has at most " + MAX_TEXT + " octets");
        }
        return names.stream()
                .filter(name -> octets(name) > MAX_TEXT)
                .findFirst()
                .map(name ->
                        "%s is longer than any name".formatted(OutsideText.printable(name, SHOWN)));
    }

    /// Whether a running service takes it.
    boolean fits() {
        return body.length() <= MAX_BODY && octets(body) <= MAX_BODY;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    void writeTo(DataOutputStream out) throws IOException {
        write(out, verb.name());
        out.writeInt(names.size());
        for (String name : names) {
            write(out, name);
        }
        out.writeInt(details.size());
        for (Map.Entry<Detail, String> detail : details.entrySet()) {
            write(out, detail.getKey().name());
            write(out, detail.getValue());
        }
        write(out, body);
        out.flush();
    }

    /// @throws ProtocolException for what no command of ours sends
    static Request readFrom(DataInputStream in) throws IOException {
        Verb verb = constant(Verb.class, text(in, MAX_TEXT));
        List<String> names = new ArrayList<>();
        for (int left = count(in, MAX_NAMES); left > 0; left--) {
            names.add(text(in, MAX_TEXT));
        }
        Map<Detail, String> details = new EnumMap<>(Detail.class);
        for (int left = count(in, Detail.values().length); left > 0; left--) {
            details.put(constant(Detail.class, text(in, MAX_TEXT)), text(in, MAX_TEXT));
        }
        return new Request(verb, names, details, text(in, MAX_BODY));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static String text(DataInputStream in, int most) throws IOException {
        int length = count(in, most);
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new ProtocolException("the request ends early");
        }
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new ProtocolException("the request is larger than any of ours");
        }
        return count;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name)
            throws ProtocolException {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknown) {
            throw new ProtocolException(
                    "this service is of another version and does not know " + name);
        }
    }
}
