package io.holdfast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes dynamic updates (RFC 2136) that are signed already, so that whoever sends them needs no
/// time for that: each gives one host of dyn.test another address, `delete A; add A`.
///
/// ```
/// java SignedUpdates.java FILE COUNT HOSTS SEED KEY SECRET
/// ```
///
/// The key is for hmac-sha256, its secret in base64. Each message has its length before it in two
/// octets. They are good for five minutes.
final class SignedUpdates {
    private static final byte[] ZONE = name("dyn.test");
    private static final byte[] ALGORITHM = name("hmac-sha256");
    private static final int LONGEST = 512;
    private static final int FUDGE = 300;

    private final byte[] key;
    private final Mac mac;
    private final long now = Instant.now().getEpochSecond();

    private SignedUpdates(String keyName, byte[] secret) throws GeneralSecurityException {
        key = name(keyName);
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        int count = Integer.parseInt(arguments[1]);
        int hosts = Integer.parseInt(arguments[2]);
        int seed = Integer.parseInt(arguments[3]);
        SignedUpdates updates =
                new SignedUpdates(arguments[4], Base64.getDecoder().decode(arguments[5]));
        Random random = new Random(seed);
        try (OutputStream file = Files.newOutputStream(Path.of(arguments[0]));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file))) {
            for (int i = 0; i < count; i++) {
                int address = 0x0B00_0000 | ((seed * 4_000_037 + i) & 0xFF_FFFF);
                byte[] message = updates.message(i, "h" + random.nextInt(hosts), address);
                out.writeShort(message.length);
                out.write(message);
            }
        }
    }

    private byte[] message(int id, String host, int address) {
        ByteBuffer out = ByteBuffer.allocate(LONGEST);
        out.putShort((short) id).putShort((short) 0x2800);
        out.putShort((short) 1).putShort((short) 0).putShort((short) 2).putShort((short) 0);
        out.put(ZONE).putShort((short) 6).putShort((short) 1);
        owner(out, host).putShort((short) 1).putShort((short) 255).putInt(0).putShort((short) 0);
        owner(out, host).putShort((short) 1).putShort((short) 1).putInt(60).putShort((short) 4);
        out.putInt(address);
        mac.update(out.array(), 0, out.position());
        mac.update(
                timers(
                                ByteBuffer.allocate(64)
                                        .put(key)
                                        .putShort((short) 255)
                                        .putInt(0)
                                        .put(ALGORITHM))
                        .putInt(0)
                        .flip());
        byte[] signature = mac.doFinal();
        out.putShort(10, (short) 1);
        out.put(key).putShort((short) 250).putShort((short) 255).putInt(0);
        out.putShort((short) (ALGORITHM.length + 16 + signature.length)).put(ALGORITHM);
        timers(out).putShort((short) signature.length).put(signature);
        out.putShort((short) id).putInt(0);
        byte[] message = new byte[out.position()];
        out.get(0, message);
        return message;
    }

    private ByteBuffer timers(ByteBuffer out) {
        return out.putShort((short) (now >>> 32)).putInt((int) now).putShort((short) FUDGE);
    }

    private static ByteBuffer owner(ByteBuffer out, String label) {
        return out.put((byte) label.length())
                .put(label.getBytes(US_ASCII))
                .putShort((short) 0xC00C);
    }

    private static byte[] name(String text) {
        ByteBuffer out = ByteBuffer.allocate(text.length() + 2);
        for (String label : text.split("\\.")) {
            out.put((byte) label.length()).put(label.getBytes(US_ASCII));
        }
        return out.put((byte) 0).array();
    }
}
