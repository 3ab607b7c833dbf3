package io.holdfast.dns;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// The data of SVCB and HTTPS records (RFC 9460 §2.2): priority, target, and parameters in order.
final class ServiceBindingFormat {
    private static final int MANDATORY = 0;
    private static final int ALPN = 1;
    private static final int NO_DEFAULT_ALPN = 2;
    private static final int PORT = 3;
    private static final int IPV4_HINT = 4;
    private static final int ECH = 5;
    private static final int IPV6_HINT = 6;
    private static final int DOH_PATH = 7;
    private static final int OHTTP = 8;

    private ServiceBindingFormat() {}

    static void read(RdataReader in) {
        in.u16();
        in.wholeName();
        int last = -1;
        Set<Integer> keys = new HashSet<>();
        Set<Integer> mandatory = new HashSet<>();
        while (in.left() > 0) {
            int key = in.u16();
            byte[] value = in.octets(in.u16());
            in.failIf(key <= last, "its parameters are out of order");
            in.failIf(!isGood(key, value), "the value of its parameter " + key + " is malformed");
            if (key == MANDATORY) {
                keysOf(value, mandatory);
            }
            keys.add(key);
            last = key;
        }
        // RFC 9460 §8: a key that is mandatory has to be there.
        in.failIf(!keys.containsAll(mandatory), "a mandatory parameter is missing");
        // RFC 9460 §7.1.1
        in.failIf(
                keys.contains(NO_DEFAULT_ALPN) && !keys.contains(ALPN),
                "no-default-alpn stands without alpn");
    }

    /// RFC 9460 §7, RFC 9461 §5 (dohpath), RFC 9540 §4 (ohttp).
    private static boolean isGood(int key, byte[] value) {
        return switch (key) {
            case MANDATORY -> isAscending(value);
            case ALPN -> isListOfNames(value);
            case NO_DEFAULT_ALPN, OHTTP -> value.length == 0;
            case PORT -> value.length == Short.BYTES;
            case IPV4_HINT -> value.length > 0 && value.length % 4 == 0;
            case ECH -> value.length > 0;
            case IPV6_HINT -> value.length > 0 && value.length % 16 == 0;
            case DOH_PATH -> isDohPath(value);
            default -> true;
        };
    }

    /// RFC 9460 §8: at least one key, in order, not itself.
    private static boolean isAscending(byte[] value) {
        if (value.length == 0 || value.length % Short.BYTES != 0) {
            return false;
        }
        int last = 0;
        for (int at = 0; at < value.length; at += Short.BYTES) {
            int key = BigEndian.u16(value, at);
            if (key <= last) {
                return false;
            }
            last = key;
        }
        return true;
    }

    private static void keysOf(byte[] value, Set<Integer> into) {
        for (int at = 0; at + Short.BYTES <= value.length; at += Short.BYTES) {
            into.add(BigEndian.u16(value, at));
        }
    }

    /// RFC 9460 §7.1.1: at least one protocol, none of them empty.
    private static boolean isListOfNames(byte[] value) {
        int at = 0;
        while (at < value.length) {
            int length = value[at] & 0xFF;
            if (length == 0) {
                return false;
            }
            at += 1 + length;
        }
        return value.length > 0 && at == value.length;
    }

    /// RFC 9461 §5: a relative URI template in UTF-8 with the variable "dns".
    private static boolean isDohPath(byte[] value) {
        try {
            String path =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            return path.startsWith("/") && new UriTemplate(path).hasVariable("dns");
        } catch (CharacterCodingException notText) {
            return false;
        }
    }
}
