package io.holdfast.dns.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Makes messages by the grammar of RFC 1035 §4, with each rule broken now and then: counts that
/// lie, pointers that lead forwards or in circles, lengths that do not fit, OPT and TSIG records in
/// odd places, options cut short.
final class Packets {
    private static final int[] TYPES = {
        1, 2, 5, 6, 12, 15, 16, 28, 33, 35, 39, 41, 43, 46, 49, 64, 65, 250, 251, 252, 255, 65280
    };
    private static final int[] CLASSES = {1, 1, 1, 1, 3, 254, 255, 0, 4096};
    private static final int[] OPCODES = {0, 0, 0, 0, 5, 5, 4, 1, 2, 6, 15};
    private static final int[] OPTIONS = {3, 8, 10, 10, 10, 11, 12, 15, 65001};
    private static final String[] LABELS = {
        "test", "h", "w", "*", "x", "d", "c", "s", "n", "_acme-challenge", "version", "bind"
    };

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Packets(Random random) {
        this.random = random;
    }

    byte[] next() {
        out.reset();
        u16(random.nextInt());
        int flags = OPCODES[random.nextInt(OPCODES.length)] << 11 | rarely(0x8000) | rarely(0x0200);
        u16(flags | random.nextInt(2) << 8 | rarely(0x000F));
        int[] counts = {
            random.nextInt(8) == 0 ? random.nextInt(4) : 1, few(), few(), random.nextInt(3)
        };
        for (int count : counts) {
            u16(random.nextInt(24) == 0 ? random.nextInt(70_000) : count);
        }
        for (int i = 0; i < counts[0]; i++) {
            name();
            u16(pick(TYPES));
            u16(pick(CLASSES));
        }
        for (int section = 1; section < counts.length; section++) {
            for (int i = 0; i < counts[section]; i++) {
                record(section == 3);
            }
        }
        return damaged(out.toByteArray());
    }

    private void record(boolean additional) {
        switch (random.nextInt(additional ? 3 : 12)) {
            case 0 -> opt();
            case 1 -> tsig();
            default -> {
                name();
                u16(pick(TYPES));
                u16(pick(CLASSES));
                u32(random.nextInt(4) == 0 ? random.nextInt() : 0);
                data(random.nextInt(24));
            }
        }
    }

    private void opt() {
        out.write(rarely(1)); // the root, as it must be, or a label cut short
        u16(41);
        u16(random.nextInt(5_000));
        u32(random.nextInt(3) == 0 ? random.nextInt() : 0x8000);
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        for (int i = random.nextInt(4); i > 0; i--) {
            int length = new int[] {0, 7, 8, 16, 24, 40, 41, random.nextInt(64)}[random.nextInt(8)];
            int said = random.nextInt(12) == 0 ? random.nextInt(70_000) : length;
            int code = pick(OPTIONS);
            options.writeBytes(
                    new byte[] {(byte) (code >> 8), (byte) code, (byte) (said >> 8), (byte) said});
            options.writeBytes(octets(length));
        }
        u16(random.nextInt(12) == 0 ? random.nextInt(70_000) : options.size());
        out.writeBytes(options.toByteArray());
    }

    private void tsig() {
        name();
        u16(250);
        u16(random.nextInt(8) == 0 ? pick(CLASSES) : 255);
        u32(rarely(1));
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(11);
        data.writeBytes("hmac-sha256".getBytes(StandardCharsets.US_ASCII));
        data.write(0);
        data.writeBytes(octets(6 + 2));
        int mac = random.nextInt(40);
        data.write(0);
        data.write(mac);
        data.writeBytes(octets(mac));
        data.writeBytes(new byte[6]);
        u16(random.nextInt(12) == 0 ? random.nextInt(400) : data.size());
        out.writeBytes(data.toByteArray());
    }

    private void name() {
        for (int labels = random.nextInt(5); labels > 0; labels--) {
            byte[] label =
                    LABELS[random.nextInt(LABELS.length)].getBytes(StandardCharsets.US_ASCII);
            if (random.nextInt(20) == 0) {
                label = octets(random.nextInt(64));
            }
            out.write(label.length);
            out.writeBytes(label);
        }
        if (random.nextInt(4) == 0) { // back, forwards, or to itself
            u16(0xC000 | random.nextInt(out.size() + 8));
        } else {
            out.write(0);
        }
    }

    private void data(int length) {
        u16(random.nextInt(16) == 0 ? random.nextInt(70_000) : length);
        out.writeBytes(octets(length));
    }

    private byte[] damaged(byte[] packet) {
        if (random.nextInt(3) > 0) {
            return packet;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(3) == 0 ? random.nextInt(packet.length + 20) : packet.length;
        return Arrays.copyOf(packet, length);
    }

    private byte[] octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private int few() {
        return random.nextInt(3) == 0 ? random.nextInt(3) : 0;
    }

    private int rarely(int value) {
        return random.nextInt(20) == 0 ? value : 0;
    }

    private int pick(int[] values) {
        return random.nextInt(30) == 0
                ? random.nextInt(65_536)
                : values[random.nextInt(values.length)];
    }

    private void u16(int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private void u32(int value) {
        u16(value >> 16);
        u16(value);
    }
}
