package io.holdfast.dns;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// What the data of each record type may be: the one table for everything that enters a zone.
///
/// A secondary that is sent a record whose data is not so refuses the whole zone. So the table is
/// as strict as the strictest of BIND 9.18, Knot 3.2 and NSD 4.6, and no stricter unless the RFC of
/// the type says so. Of types that are not in it any data is good (RFC 3597).
public final class RdataFormat {
    /// What became of data that was read.
    public sealed interface Result {
        /// @param rdata names in it whole and in lower case
        record Good(Rdata rdata) implements Result {}

        /// @param reason what is wrong, such as "the data ends too early"
        record Malformed(String reason) implements Result {}
    }

    private static final Map<Integer, Consumer<RdataReader>> TABLE = table();

    private RdataFormat() {}

    /// Reads data in a message, where names may be compressed in the types in which that is allowed
    /// to a sender or was once (RFC 3597 §4).
    ///
    /// @param in stands at the data; afterwards behind it, or wherever it broke
    /// @param length of the data, in octets
    public static Result read(Type type, MessageReader in, int length) {
        RdataReader reader = new RdataReader(in, length);
        Consumer<RdataReader> format = TABLE.get(type.value());
        if (format == null) {
            reader.rest();
        } else {
            format.accept(reader);
        }
        reader.failIf(reader.left() > 0, "there are octets after its end");
        byte[] data = reader.data();
        reader.failIf(data.length > 0xFFFF, "it is longer than 65,535 octets");
        String fault = reader.fault();
        return fault == null ? new Result.Good(Rdata.of(data)) : new Result.Malformed(fault);
    }

    /// Checks data that stands by itself: no name in it is compressed.
    public static Result check(Type type, byte[] data) {
        MessageReader in = new MessageReader(data);
        Result result = read(type, in, data.length);
        // A pointer would have to lead into the data itself; whole names are never shorter.
        return result instanceof Result.Good(Rdata good) && good.length() != data.length
                ? new Result.Malformed("a name in it is compressed")
                : result;
    }

    /// As [#check(Type, byte[])].
    public static Result check(Type type, Rdata data) {
        return check(type, data.toWire());
    }

    private static Map<Integer, Consumer<RdataReader>> table() {
        Map<Integer, Consumer<RdataReader>> all = new HashMap<>();
        put(all, octets(4), 1); // A
        put(all, octets(16), 28); // AAAA
        // NS, MD, MF, CNAME, MB, MG, MR, PTR, NSAP-PTR, DNAME
        put(all, RdataReader::name, 2, 3, 4, 5, 7, 8, 9, 12, 23, 39);
        put(all, name().andThen(name()).andThen(octets(20)), 6); // SOA
        put(all, name().andThen(name()), 14, 17); // MINFO, RP
        put(all, octets(2).andThen(name()), 15, 18, 21, 36); // MX, AFSDB, RT, KX
        put(all, octets(2).andThen(name()).andThen(name()), 26); // PX
        put(all, octets(6).andThen(name()), 33); // SRV
        put(all, atLeast(1), 10); // NULL
        put(all, RdataFormat::wks, 11);
        put(all, string().andThen(string()), 13); // HINFO
        // TXT, NINFO, AVC, RESINFO, WALLET
        put(all, RdataFormat::strings, 16, 56, 258, 261, 262);
        put(all, RdataFormat::spf, 99);
        put(all, RdataFormat::x25, 19);
        put(all, RdataFormat::isdn, 20);
        put(all, atLeast(1), 22, 31, 32, 61); // NSAP, EID, NIMLOC, OPENPGPKEY
        put(all, octets(18).andThen(name()).andThen(atLeast(1)), 24, 46); // SIG, RRSIG
        put(all, RdataFormat::key, 25); // KEY
        put(all, RdataFormat::dnskey, 48, 60); // DNSKEY, CDNSKEY
        put(all, RdataFormat::rkey, 57); // RKEY
        put(all, RdataFormat::gpos, 27);
        put(all, RdataFormat::loc, 29);
        put(all, name().andThen(RdataFormat::nxtBits), 30); // NXT
        put(all, RdataFormat::atma, 34);
        put(all, RdataFormat::naptr, 35);
        put(all, octets(5).andThen(atLeast(1)), 37); // CERT
        put(all, RdataFormat::a6, 38);
        put(all, octets(3).andThen(RdataReader::rest), 40); // SINK
        put(all, RdataFormat::apl, 42);
        put(all, RdataFormat::ds, 43, 59, 0x8000, 0x8001); // DS, CDS, TA, DLV
        put(all, RdataFormat::sshfp, 44);
        put(all, RdataFormat::ipseckey, 45);
        put(all, wholeName().andThen(in -> types(in, false)), 47); // NSEC
        put(all, octets(3).andThen(RdataReader::rest), 49); // DHCID
        put(all, nsec3Head().andThen(RdataFormat::nsec3Tail), 50); // NSEC3
        put(all, nsec3Head(), 51); // NSEC3PARAM
        put(all, octets(3).andThen(atLeast(1)), 52, 53); // TLSA, SMIMEA
        put(all, RdataFormat::hip, 55);
        put(all, wholeName().andThen(wholeName()), 58); // TALINK
        put(all, octets(6).andThen(in -> types(in, true)), 62); // CSYNC
        put(all, RdataFormat::zonemd, 63);
        put(all, ServiceBindingFormat::read, 64, 65); // SVCB, HTTPS
        put(all, octets(5).andThen(wholeName()), 66); // DSYNC
        put(all, octets(10), 104, 106); // NID, L64
        put(all, octets(6), 105, 108); // L32, EUI48
        put(all, octets(2).andThen(wholeName()), 107); // LP
        put(all, octets(8), 109); // EUI64
        put(all, octets(4).andThen(atLeast(1)), 256); // URI
        put(all, RdataFormat::caa, 257);
        put(all, octets(9).andThen(string()).andThen(RdataReader::rest), 259); // DOA
        put(all, RdataFormat::amtrelay, 260);
        return Map.copyOf(all);
    }

    private static void put(
            Map<Integer, Consumer<RdataReader>> all, Consumer<RdataReader> format, int... types) {
        for (int type : types) {
            all.put(type, format);
        }
    }

    private static Consumer<RdataReader> octets(int count) {
        return in -> in.octets(count);
    }

    private static Consumer<RdataReader> atLeast(int count) {
        return in -> in.failIf(in.rest().length < count, "it is cut short");
    }

    private static Consumer<RdataReader> name() {
        return RdataReader::name;
    }

    private static Consumer<RdataReader> wholeName() {
        return RdataReader::wholeName;
    }

    private static Consumer<RdataReader> string() {
        return RdataReader::string;
    }

    /// RFC 1035 §3.3.14: one or more character-strings.
    private static void strings(RdataReader in) {
        do {
            in.string();
        } while (in.left() > 0);
    }

    /// RFC 4408 §3.1.1: as TXT.
    private static void spf(RdataReader in) {
        int count = 0;
        do {
            in.string();
            count++;
            in.failIf(count > MOST_PARTS, "it has over 64 strings");
        } while (in.left() > 0);
    }

    /// RFC 1035 §3.4.2: address, protocol, and a bit for each port.
    private static void wks(RdataReader in) {
        in.octets(5);
        byte[] bits = in.rest();
        in.failIf(bits.length > 8192, "there are more than 65,536 ports");
        in.failIf(endsInZero(bits), "its bits end in an octet that is 0");
    }

    /// RFC 1183 §3.1: the digits of an X.121 address, at least the four that name a network.
    private static void x25(RdataReader in) {
        byte[] address = in.string();
        in.failIf(
                address.length < 4 || !areAll(address, RdataFormat::isDigit),
                "an X.121 address has four digits or more");
    }

    /// RFC 1183 §3.2: an address and perhaps a subaddress.
    private static void isdn(RdataReader in) {
        in.string();
        if (in.left() > 0) {
            in.string();
        }
    }

    /// RFC 2535 §3.1: where the flags say that there is no key, there is none.
    private static void key(RdataReader in) {
        int flags = in.u16();
        in.u8();
        int algorithm = in.u8();
        if ((flags & NO_KEY) == NO_KEY) {
            return;
        }
        publicKey(in, algorithm);
    }

    /// RFC 4034 §2.1, RFC 7344 §3.2.
    private static void dnskey(RdataReader in) {
        in.octets(3);
        publicKey(in, in.u8());
    }

    /// draft-reid-dnsext-rkey-00 §2: as a DNSKEY, without flags.
    private static void rkey(RdataReader in) {
        in.failIf(in.u16() != 0, "its flags are not 0");
        in.u8();
        publicKey(in, in.u8());
    }

    /// RFC 4034 appendix A.1.1: a private algorithm is named before the key itself.
    private static void publicKey(RdataReader in, int algorithm) {
        in.failIf(in.left() == 0, "the key is missing");
        if (algorithm == PRIVATE_DNS) {
            in.wholeName();
        } else if (algorithm == PRIVATE_OID) {
            objectIdentifier(in);
        }
        in.rest();
    }

    /// The contents of a BER object identifier behind their length: digits in base 128, most
    /// significant first.
    private static void objectIdentifier(RdataReader in) {
        byte[] oid = in.string();
        in.failIf(
                oid.length == 0 || oid[oid.length - 1] < 0,
                "its private algorithm has no whole object identifier");
    }

    private static final int NO_KEY = 0xC000;
    private static final int PRIVATE_DNS = 253;
    private static final int PRIVATE_OID = 254;

    /// RFC 1712 §3: longitude, latitude and altitude as decimal numbers.
    private static void gpos(RdataReader in) {
        for (int i = 0; i < 3; i++) {
            in.string();
        }
    }

    /// RFC 1876 §2. Versions but 0 are anybody's.
    private static void loc(RdataReader in) {
        if (in.u8() != 0) {
            in.octets(15);
            return;
        }
        for (int i = 0; i < 3; i++) {
            int size = in.u8();
            int mantissa = size >> 4;
            in.failIf(
                    mantissa > 9 || (size & 0xF) > 9 || (mantissa == 0 && size != 0),
                    "a size is a digit from 1 to 9 and a power of ten, or 0");
        }
        in.failIf(isBeyond(in.u32(), 90), "the latitude is beyond a pole");
        in.failIf(isBeyond(in.u32(), 180), "the longitude is beyond 180 degrees");
        in.octets(4);
    }

    private static boolean isBeyond(long thousandths, int degrees) {
        return Math.abs(thousandths - (1L << 31)) > degrees * 3_600_000L;
    }

    /// RFC 2535 §5.2: a bit for each of the first 128 types; the first bit says that it is another
    /// form.
    private static void nxtBits(RdataReader in) {
        byte[] bits = in.rest();
        in.failIf(
                bits.length > 16 || (bits.length > 0 && bits[0] < 0) || endsInZero(bits),
                "its bits are not of types 1 to 127");
    }

    /// ATM Forum, ATM Name System 1.0 §5.2: a format and an address.
    private static void atma(RdataReader in) {
        int format = in.u8();
        byte[] address = in.rest();
        in.failIf(address.length == 0, "it is cut short");
        // Format 1 is E.164.
        in.failIf(
                format == 1 && !areAll(address, RdataFormat::isDigit),
                "a telephone number is of digits");
    }

    /// RFC 3403 §4.1.
    private static void naptr(RdataReader in) {
        in.octets(4);
        in.string();
        in.string();
        in.failIf(
                !SubstitutionExpression.isGood(in.string()),
                "its regexp is no substitution expression");
        in.name();
    }

    /// RFC 2874 §3.1: the last octets of an address, and a name for the first ones if any are left.
    private static void a6(RdataReader in) {
        int prefix = in.u8();
        in.failIf(prefix > 128, "a prefix has 128 bits at most");
        byte[] suffix = in.octets((128 - Math.min(prefix, 128) + 7) / 8);
        in.failIf(
                suffix.length > 0
                        && (suffix[0] & 0xFF) >>> (8 - prefix % 8) != 0
                        && prefix % 8 != 0,
                "there are bits of the prefix in the suffix");
        if (prefix > 0) {
            in.wholeName();
        }
    }

    /// NSD takes no zone over in which an APL or SPF record has more parts.
    private static final int MOST_PARTS = 64;

    /// RFC 3123 §4: prefixes, each without its last octets that are zero.
    private static void apl(RdataReader in) {
        for (int count = 0; in.left() > 0; count++) {
            in.failIf(count == MOST_PARTS, "it has over 64 prefixes");
            int family = in.u16();
            int prefix = in.u8();
            int length = in.u8() & 0x7F;
            byte[] address = in.octets(length);
            in.failIf(endsInZero(address), "a prefix ends in an octet that is 0");
            int bits =
                    switch (family) {
                        case 1 -> 32;
                        case 2 -> 128;
                        default -> Integer.MAX_VALUE;
                    };
            in.failIf(prefix > bits || length * 8L > bits, "a prefix is longer than addresses are");
        }
    }

    /// RFC 4034 §5.1, RFC 8078 §4 ("delete" is a digest of one octet).
    private static void ds(RdataReader in) {
        in.octets(3);
        int digest = in.u8();
        int length = in.rest().length;
        int expected =
                switch (digest) {
                    case 1 -> 20;
                    case 2 -> 32;
                    case 4 -> 48;
                    default -> Math.max(length, 1);
                };
        in.failIf(length != expected, "its digest has the wrong length");
    }

    /// RFC 4255 §3.1, RFC 6594.
    private static void sshfp(RdataReader in) {
        in.u8();
        int kind = in.u8();
        int length = in.rest().length;
        int expected =
                switch (kind) {
                    case 1 -> 20;
                    case 2 -> 32;
                    default -> length;
                };
        in.failIf(length != expected, "its fingerprint has the wrong length");
    }

    /// RFC 4025 §2.1: a gateway of one of three kinds or none, and a key.
    private static void ipseckey(RdataReader in) {
        in.u8();
        int gateway = in.u8();
        in.u8();
        relay(in, gateway);
        in.failIf(in.rest().length == 0, "the key is missing");
    }

    /// RFC 8777 §4.2.
    private static void amtrelay(RdataReader in) {
        in.u8();
        int relay = in.u8() & 0x7F;
        if (relay > 3) {
            in.rest();
        } else {
            relay(in, relay);
        }
    }

    private static void relay(RdataReader in, int kind) {
        switch (kind) {
            case 0 -> {} // none
            case 1 -> in.octets(4);
            case 2 -> in.octets(16);
            case 3 -> in.wholeName();
            default -> in.fail("its gateway is of a kind that does not exist");
        }
    }

    /// RFC 5155 §4.2: algorithm, flags, iterations, salt.
    private static Consumer<RdataReader> nsec3Head() {
        return octets(4).andThen(string());
    }

    /// RFC 5155 §3.2.
    private static void nsec3Tail(RdataReader in) {
        in.failIf(in.string().length == 0, "the hash is missing");
        types(in, true);
    }

    /// RFC 8005 §5: tag and key with their lengths, and the names of servers that lead on.
    private static void hip(RdataReader in) {
        int tag = in.u8();
        in.u8();
        int key = in.u16();
        in.failIf(tag == 0 || key == 0, "its tag or its key is empty");
        in.octets(tag);
        in.octets(key);
        while (in.left() > 0) {
            in.wholeName();
        }
    }

    /// RFC 8976 §2.2.
    private static void zonemd(RdataReader in) {
        in.octets(5);
        int hash = in.u8();
        int length = in.rest().length;
        int expected =
                switch (hash) {
                    case 1 -> 48;
                    case 2 -> 64;
                    default -> Math.max(length, 12);
                };
        in.failIf(length != expected, "its digest has the wrong length");
    }

    /// RFC 8659 §4.1: a tag of letters and digits.
    private static void caa(RdataReader in) {
        in.u8();
        byte[] tag = in.string();
        in.failIf(
                tag.length == 0 || !areAll(tag, RdataFormat::isLetterOrDigit),
                "its tag is not of letters and digits");
        in.rest();
    }

    /// RFC 4034 §4.1.2: windows of types in order, each without its last octets that are zero.
    private static void types(RdataReader in, boolean mayBeNone) {
        int last = -1;
        in.failIf(in.left() == 0 && !mayBeNone, "it names no type");
        while (in.left() > 0) {
            int window = in.u8();
            int length = in.u8();
            byte[] bits = in.octets(length);
            in.failIf(
                    window <= last || length < 1 || length > 32 || endsInZero(bits),
                    "its list of types is out of order");
            last = window;
        }
    }

    private static boolean endsInZero(byte[] octets) {
        return octets.length > 0 && octets[octets.length - 1] == 0;
    }

    private interface OctetTest {
        boolean holds(byte octet);
    }

    private static boolean areAll(byte[] octets, OctetTest test) {
        for (byte octet : octets) {
            if (!test.holds(octet)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isLetterOrDigit(byte octet) {
        byte lower = Name.lower(octet);
        return isDigit(octet) || (lower >= 'a' && lower <= 'z');
    }
}
