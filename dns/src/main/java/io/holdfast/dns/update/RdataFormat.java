package io.holdfast.dns.update;

import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// How the data of a record of some type looks in a message: reads it, uncompressed, with the names
/// in it in lower case.
///
/// The types whose data may hold compressed names (RFC 3597 §4), and the most common others, are
/// read here. Of the rest dnsjava says whether the data is good; of types nobody knows, any is.
sealed interface RdataFormat {
    /// @return empty if it is not so many octets of that format
    Optional<Rdata> read(MessageReader in, int length);

    static RdataFormat of(Type type) {
        Map<Type, RdataFormat> known = Fields.KNOWN;
        RdataFormat format = known.get(type);
        return format != null ? format : new Checked(type);
    }

    /// So many octets, one name after the other, so many octets again.
    ///
    /// @param before octets before the names
    /// @param strings character-strings between them and the names
    /// @param names how many
    /// @param after octets behind them; [#ANY_NUMBER] for all that are left
    record Fields(int before, int strings, int names, int after) implements RdataFormat {
        private static final int ANY_NUMBER = -1;
        private static final Map<Type, RdataFormat> KNOWN = known();

        @Override
        public Optional<Rdata> read(MessageReader in, int length) {
            int end = in.at() + length;
            ByteArrayOutputStream out = new ByteArrayOutputStream(length);
            out.writeBytes(in.octets(before));
            for (int i = 0; i < strings; i++) {
                int size = in.u8();
                out.write(size);
                out.writeBytes(in.octets(size));
            }
            for (int i = 0; i < names; i++) {
                out.writeBytes(in.name().toWire());
            }
            int rest = end - in.at();
            if (in.isBroken() || rest < 0 || (after != ANY_NUMBER && rest != after)) {
                return Optional.empty();
            }
            out.writeBytes(in.octets(rest));
            return in.isBroken() || out.size() > 0xFFFF
                    ? Optional.empty()
                    : Optional.of(Rdata.of(out.toByteArray()));
        }

        private static Map<Type, RdataFormat> known() {
            Map<Type, RdataFormat> all = new HashMap<>();
            put(all, new Fields(4, 0, 0, 0), 1); // A
            put(all, new Fields(16, 0, 0, 0), 28); // AAAA
            put(all, new Fields(3, 0, 0, ANY_NUMBER), 49); // DHCID
            // NS, MD, MF, CNAME, MB, MG, MR, PTR, NSAP-PTR, DNAME
            put(all, new Fields(0, 0, 1, 0), 2, 3, 4, 5, 7, 8, 9, 12, 23, 39);
            put(all, new Fields(0, 0, 2, 20), 6); // SOA
            put(all, new Fields(0, 0, 2, 0), 14, 17); // MINFO, RP
            put(all, new Fields(2, 0, 1, 0), 15, 18, 21, 36); // MX, AFSDB, RT, KX
            put(all, new Fields(2, 0, 2, 0), 26); // PX
            put(all, new Fields(6, 0, 1, 0), 33); // SRV
            put(all, new Fields(4, 3, 1, 0), 35); // NAPTR
            put(all, new Fields(18, 0, 1, ANY_NUMBER), 24, 46); // SIG, RRSIG
            put(all, new Fields(0, 0, 1, ANY_NUMBER), 30); // NXT
            return Map.copyOf(all);
        }

        private static void put(Map<Type, RdataFormat> all, RdataFormat format, int... types) {
            for (int type : types) {
                all.put(new Type(type), format);
            }
        }
    }

    /// As it is, if dnsjava can read it, and writes as much again.
    record Checked(Type type) implements RdataFormat {
        @Override
        public Optional<Rdata> read(MessageReader in, int length) {
            byte[] data = in.octets(length);
            return !in.isBroken() && isGood(data) ? Optional.of(Rdata.of(data)) : Optional.empty();
        }

        private boolean isGood(byte[] data) {
            try {
                Record record =
                        Record.newRecord(Name.root, type.value(), DClass.IN, 0, data.length, data);
                return record != null && record.rdataToWireCanonical().length == data.length;
            } catch (RuntimeException notReadable) {
                return false;
            }
        }
    }
}
