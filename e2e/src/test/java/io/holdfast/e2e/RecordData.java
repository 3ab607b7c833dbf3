package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The data of one record of a zone, good or not.
///
/// @param type its number
/// @param hex the octets
record RecordData(int type, String hex) {
    private static final Path LIST =
            Path.of("../dns/src/test/resources/io/holdfast/dns/record-data.txt");

    /// What the list has of every type, and all that comes of each by cutting, by octets more and
    /// by other octets.
    static List<RecordData> all() {
        Set<RecordData> all = new LinkedHashSet<>();
        try {
            for (String line : Files.readAllLines(LIST)) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split("\\|");
                    int type = Integer.parseInt(parts[0].strip().split(" ")[1]);
                    addWithMutations(type, HexFormat.of().parseHex(parts[2].replace(" ", "")), all);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(all);
    }

    private static void addWithMutations(int type, byte[] data, Set<RecordData> all) {
        add(type, data, all);
        for (int length = 0; length < data.length; length++) {
            add(type, Arrays.copyOf(data, length), all);
        }
        for (int octet : new int[] {0, 1, 0xFF}) {
            byte[] longer = Arrays.copyOf(data, data.length + 1);
            longer[data.length] = (byte) octet;
            add(type, longer, all);
            byte[] filled = new byte[data.length];
            Arrays.fill(filled, (byte) octet);
            add(type, filled, all);
        }
        add(type, Arrays.copyOf(data, data.length + 300), all);
    }

    private static void add(int type, byte[] data, Set<RecordData> all) {
        all.add(new RecordData(type, HexFormat.of().formatHex(data)));
    }

    /// The zone for records of that type.
    static String zone(int type) {
        return "t" + type + ".test";
    }

    byte[] octets() {
        return HexFormat.of().parseHex(hex);
    }

    /// As it stands in a master file (RFC 3597 §5).
    String text() {
        return "TYPE%d \\# %d %s".formatted(type, hex.length() / 2, hex);
    }

    /// An UPDATE message that adds it, without signature.
    ///
    /// @param id of the message; the owner's name has it too
    byte[] update(int id) {
        byte[] data = octets();
        ByteBuffer message =
                ByteBuffer.allocate(2_048)
                        .putShort((short) id)
                        .putShort((short) 0x2800)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putShort((short) 1)
                        .putShort((short) 0);
        name(zone(type), message);
        message.putShort((short) 6).putShort((short) 1);
        name("c" + id + "." + zone(type), message);
        message.putShort((short) type).putShort((short) 1).putInt(60);
        message.putShort((short) data.length).put(data);
        return Arrays.copyOf(message.array(), message.position());
    }

    private static void name(String name, ByteBuffer into) {
        for (String label : name.split("\\.")) {
            into.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        into.put((byte) 0);
    }

    /// Why we refuse what all others take; empty if we should not.
    String departure() {
        byte[] data = octets();
        return switch (type) {
            // Knot takes neither of them from a message.
            case 10 -> data.length == 0 ? "no NULL without data" : "";
            case 29 -> data.length != 16 ? "RFC 1876 §2: a LOC has 16 octets" : "";
            // NSD takes no more than 64 prefixes or strings; here they have four octets, or one.
            case 99 -> data.length > 12 + 64 ? "too many strings" : "";
            case 42 -> data.length > 64 * 4 ? "too many prefixes" : "";
            // A number of two octets and one for the kind of digest.
            case 49 -> data.length < 3 ? "RFC 4701 §3.1" : "";
            case 256 -> data.length == 4 ? "RFC 7553 §4.4: the target is not empty" : "";
            // The key begins with the length of an identifier, and that.
            case 25, 48, 60 -> data.length > 3 && data[3] == (byte) 254 ? "RFC 4034 A.1.1" : "";
            // An `ech` is a list of configurations, an `ohttp` has no value.
            case 64, 65 -> hex.contains("00050000") || hex.contains("00080001") ? "RFC 9460" : "";
            default -> "";
        };
    }
}
