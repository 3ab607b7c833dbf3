package io.holdfast.dns.zone;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The presentation form of LOC data (RFC 1876 §3):
///
/// ```
/// d1 [m1 [s1]] {"N"|"S"} d2 [m2 [s2]] {"E"|"W"} alt["m"] [siz["m"] [hp["m"] [vp["m"]]]]
/// ```
final class LocationText {
    private static final String EXAMPLE = "52 14 05 N 0 8 50 E 10m";

    /// In centimetres: 1 m, 10 km, 10 m.
    private static final long[] USUAL_SIZES = {100, 1_000_000, 1_000};

    /// The altitude is counted from 100 km below the sea, in centimetres.
    private static final long DEEPEST = 10_000_000;

    private static final long HIGHEST = 0xFFFF_FFFFL - DEEPEST;
    private static final long LARGEST_SIZE = 9_000_000_000L;
    private static final Pattern METRES = Pattern.compile("(-?\\d{1,8}(?:\\.\\d{1,2})?)[mM]?");

    private final List<String> words;
    private int at;

    LocationText(List<String> words) {
        this.words = words;
    }

    /// @throws IllegalArgumentException saying what is wrong
    byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(16);
        int latitude = angle("N", "S", 90);
        int longitude = angle("E", "W", 180);
        long altitude = metres("altitude", -DEEPEST, HIGHEST);
        out.put((byte) 0);
        for (long usual : USUAL_SIZES) {
            out.put(size(at < words.size() ? metres("size", 0, LARGEST_SIZE) : usual));
        }
        if (at < words.size()) {
            throw wrong("\"" + words.get(at) + "\" is too much");
        }
        return out.putInt(latitude).putInt(longitude).putInt((int) (altitude + DEEPEST)).array();
    }

    /// Degrees, perhaps minutes, perhaps seconds, and on which side.
    private int angle(String positive, String negative, int most) {
        String sides = positive + " or " + negative;
        long thousandths = part("\\d{1,3}", most, sides).longValueExact() * 3_600_000L;
        if (!isSide(positive, negative)) {
            thousandths += part("\\d{1,2}", 59, sides).longValueExact() * 60_000L;
        }
        if (!isSide(positive, negative)) {
            BigDecimal seconds = part("\\d{1,2}(?:\\.\\d{1,3})?", 59.999, sides);
            thousandths += seconds.movePointRight(3).longValueExact();
        }
        if (!isSide(positive, negative)) {
            throw wrong(sides + " is missing");
        }
        if (thousandths > most * 3_600_000L) {
            throw wrong("it is beyond " + most + " degrees");
        }
        boolean minus = words.get(at++).equalsIgnoreCase(negative);
        return (int) ((1L << 31) + (minus ? -thousandths : thousandths));
    }

    private boolean isSide(String positive, String negative) {
        return at < words.size()
                && (words.get(at).equalsIgnoreCase(positive)
                        || words.get(at).equalsIgnoreCase(negative));
    }

    private BigDecimal part(String form, double most, String sides) {
        String word = word(sides);
        if (!word.matches(form) || Double.parseDouble(word) > most) {
            throw wrong("\"" + word + "\" is no part of an angle, nor " + sides);
        }
        return new BigDecimal(word);
    }

    /// In centimetres.
    private long metres(String what, long least, long most) {
        String word = word("the " + what);
        Matcher number = METRES.matcher(word);
        long centimetres =
                number.matches()
                        ? new BigDecimal(number.group(1)).movePointRight(2).longValueExact()
                        : least - 1;
        if (centimetres < least || centimetres > most) {
            throw wrong("\"" + word + "\" is no " + what + " in metres");
        }
        return centimetres;
    }

    private String word(String what) {
        if (at == words.size() || words.get(at).isEmpty()) {
            throw wrong(what + " is missing");
        }
        return words.get(at++);
    }

    /// One digit and a power of ten (RFC 1876 §2).
    private static byte size(long centimetres) {
        int power = 0;
        long mantissa = centimetres;
        while (mantissa > 9) {
            mantissa /= 10;
            power++;
        }
        return (byte) (mantissa == 0 ? 0 : mantissa << 4 | power);
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + ", as in " + EXAMPLE);
    }
}
