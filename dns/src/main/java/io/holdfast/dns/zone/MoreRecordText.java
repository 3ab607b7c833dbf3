package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rdata;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.Address;

/// The presentation form of types that dnsjava has no form for.
final class MoreRecordText {
    private static final int NID = 104;
    private static final int L32 = 105;
    private static final int L64 = 106;
    private static final int LP = 107;
    private static final int EUI48 = 108;
    private static final int EUI64 = 109;
    private static final int CSYNC = 62;
    private static final int LOC = 29;

    private static final int TYPES_A_WINDOW = 256;

    private final List<String> words;
    private final Name origin;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private MoreRecordText(String text, Name origin) {
        this.words = Arrays.stream(text.strip().split("\\s+")).toList();
        this.origin = origin;
    }

    /// Whether the form of a type is known here.
    static boolean isOf(int type) {
        return switch (type) {
            case LOC, CSYNC, NID, L32, L64, LP, EUI48, EUI64 -> true;
            default -> false;
        };
    }

    /// @param text what follows the type, not in the generic form of RFC 3597
    /// @throws IllegalArgumentException saying what is wrong
    static Rdata read(int type, String text, Name origin) {
        MoreRecordText data = new MoreRecordText(text, origin);
        data.read(type);
        if (data.at < data.words.size()) {
            throw new IllegalArgumentException(
                    "\"" + data.words.get(data.at) + "\" is too much, as in " + example(type));
        }
        return Rdata.of(data.out.toByteArray());
    }

    private void read(int type) {
        switch (type) {
            case LOC -> {
                LocationText location = new LocationText(words);
                out.writeBytes(location.octets());
                at = words.size();
            }
            case EUI48 -> hex("-", 6, 2, type); // RFC 7043 §3.2
            case EUI64 -> hex("-", 8, 2, type); // RFC 7043 §4.2
            case NID, L64 -> { // RFC 6742 §2.1.2, §2.3.2
                number(Short.BYTES, type);
                hex(":", 4, 4, type);
            }
            case L32 -> { // RFC 6742 §2.2.2
                number(Short.BYTES, type);
                ipv4(type);
            }
            case LP -> { // RFC 6742 §2.4.2
                number(Short.BYTES, type);
                name(type);
            }
            case CSYNC -> { // RFC 7477 §2.1.2
                number(Integer.BYTES, type);
                number(Short.BYTES, type);
                types();
            }
            default -> throw new IllegalStateException("no type of ours");
        }
    }

    private String word(int type) {
        if (at == words.size() || words.get(at).isEmpty()) {
            throw new IllegalArgumentException("something is missing, as in " + example(type));
        }
        return words.get(at++);
    }

    private void number(int octets, int type) {
        String word = word(type);
        long most = (1L << (Byte.SIZE * octets)) - 1;
        if (!word.matches("\\d{1,10}") || Long.parseLong(word) > most) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is no number up to " + most + ", as in " + example(type));
        }
        long value = Long.parseLong(word);
        for (int shift = Byte.SIZE * (octets - 1); shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }

    /// @param digits of each group at the most; where there may be fewer, zeros come before them
    private void hex(String separator, int groups, int digits, int type) {
        String word = word(type);
        String least = digits == 2 ? "2" : "1"; // EUI groups are whole
        String group = "[0-9A-Fa-f]{" + least + "," + digits + "}";
        if (!word.matches(group + "(" + separator + group + "){" + (groups - 1) + "}")) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is not written like " + example(type));
        }
        for (String one : word.split(separator)) {
            out.writeBytes(HexFormat.of().parseHex("0".repeat(digits - one.length()) + one));
        }
    }

    private void ipv4(int type) {
        String word = word(type);
        byte[] octets = Address.toByteArray(word, Address.IPv4);
        if (octets == null) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is no IPv4 address, as in " + example(type));
        }
        out.writeBytes(octets);
    }

    private void name(int type) {
        String word = word(type);
        boolean absolute = word.endsWith(".");
        Name name =
                word.equals("@")
                        ? origin
                        : Name.of(absolute ? word : word + "." + RecordText.absolute(origin));
        out.writeBytes(name.toWire());
    }

    /// RFC 4034 §4.1.2.
    private void types() {
        Map<Integer, byte[]> windows = new TreeMap<>();
        while (at < words.size()) {
            String word = words.get(at++);
            int type = org.xbill.DNS.Type.value(word);
            if (type < 0) {
                throw new IllegalArgumentException("\"" + word + "\" is no record type");
            }
            byte[] bits = windows.computeIfAbsent(type / TYPES_A_WINDOW, _ -> new byte[32]);
            int bit = type % TYPES_A_WINDOW;
            bits[bit / Byte.SIZE] |= (byte) (0x80 >>> bit % Byte.SIZE);
        }
        windows.forEach((window, bits) -> {
            int length = bits.length;
            while (bits[length - 1] == 0) {
                length--;
            }
            out.write(window);
            out.write(length);
            out.write(bits, 0, length);
        });
    }

    private static String example(int type) {
        return switch (type) {
            case EUI48 -> "00-00-5e-00-53-2a";
            case EUI64 -> "00-00-5e-ef-10-00-00-2a";
            case NID -> "10 14:4fff:ff20:ee64";
            case L32 -> "10 10.1.2.0";
            case L64 -> "10 2001:db8:1140:1000";
            case LP -> "10 l64-subnet.example.";
            default -> "66 3 A NS AAAA";
        };
    }
}
