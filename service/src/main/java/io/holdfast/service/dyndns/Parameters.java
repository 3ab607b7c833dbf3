package io.holdfast.service.dyndns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a request, in the order in which they came; names are case-sensitive and may
/// repeat.
///
/// Reading never fails: home routers send their templates half filled in, and `%IP%` must arrive as
/// it stands so that it can be named in the answer. There is no `toString`, because values may be
/// secrets.
public final class Parameters {
    /// A request without parameters.
    public static final Parameters NONE = new Parameters(List.of());

    record Pair(String name, String value) {}

    /// What was said about one thing: under which name, and which values.
    record Given(String name, List<String> values) {}

    private final List<Pair> pairs;

    private Parameters(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /// Reads `application/x-www-form-urlencoded` text: a query without its question mark, or a
    /// form. Octets are UTF-8; a broken escape stands for itself.
    public static Parameters of(String encoded) {
        List<Pair> pairs = new ArrayList<>();
        for (String part : encoded.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                pairs.add(new Pair(decode(name), decode(value)));
            }
        }
        return pairs.isEmpty() ? NONE : new Parameters(List.copyOf(pairs));
    }

    /// These, followed by `more`.
    public Parameters and(Parameters more) {
        List<Pair> all = new ArrayList<>(pairs);
        all.addAll(more.pairs);
        return new Parameters(List.copyOf(all));
    }

    /// Takes names and values as they stand, such as those of a multipart form.
    public static Parameters ofFields(List<Map.Entry<String, String>> fields) {
        return new Parameters(
                fields.stream().map(f -> new Pair(f.getKey(), f.getValue())).toList());
    }

    List<Pair> pairs() {
        return pairs;
    }

    /// Whether there is a parameter of exactly this name, whatever its value.
    boolean has(String name) {
        for (Pair pair : pairs) {
            if (pair.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /// Every value under this name, in whatever case that is written, empty ones too.
    List<String> ignoringCase(String name) {
        return pairs.stream()
                .filter(pair -> pair.name.equalsIgnoreCase(name))
                .map(Pair::value)
                .toList();
    }

    /// The items of lists separated by commas; blanks around them and empty ones are left out.
    static List<String> items(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /// The first value that is not empty, of the first of these names that has one.
    Optional<String> first(String... names) {
        for (String name : names) {
            for (Pair pair : pairs) {
                if (pair.name.equals(name) && !pair.value.isBlank()) {
                    return Optional.of(pair.value);
                }
            }
        }
        return Optional.empty();
    }

    /// The list given under the first of these names that holds anything: values separated by
    /// commas, or a parameter that repeats, or both; blanks around them and empty ones are left
    /// out.
    Optional<Given> list(List<String> names) {
        for (String name : names) {
            List<String> values =
                    items(
                            pairs.stream()
                                    .filter(pair -> pair.name.equals(name))
                                    .map(Pair::value)
                                    .toList());
            if (!values.isEmpty()) {
                return Optional.of(new Given(name, values));
            }
        }
        return Optional.empty();
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int octet = in[i] == '%' ? escaped(in, i) : -1;
            if (octet >= 0) {
                out.write(octet);
                i += 2;
            } else {
                out.write(in[i] == '+' ? ' ' : in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The octet written as `%XX` at `at`, or -1 if no two hexadecimal digits follow.
    private static int escaped(byte[] in, int at) {
        if (at + 2 >= in.length) {
            return -1;
        }
        int high = Character.digit(in[at + 1], 16);
        int low = Character.digit(in[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
