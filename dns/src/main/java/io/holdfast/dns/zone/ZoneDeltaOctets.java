package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The form in which a [ZoneDelta] is kept: both SOA RRsets, then the number of those removed and
/// these, then the same of those added. An RRset is its owner's name, type, TTL, the number of its
/// records, and for each of them a length and the data.
final class ZoneDeltaOctets {
    private static final int FIXED = Short.BYTES + Integer.BYTES + Short.BYTES;

    private ZoneDeltaOctets() {}

    static byte[] write(ZoneDelta delta) {
        int length =
                length(delta.before())
                        + length(delta.after())
                        + length(delta.removed())
                        + length(delta.added());
        ByteBuffer out = ByteBuffer.allocate(length);
        write(delta.before(), out);
        write(delta.after(), out);
        write(delta.removed(), out);
        write(delta.added(), out);
        return out.array();
    }

    static ZoneDelta read(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        RRset before = rrset(octets, in);
        RRset after = rrset(octets, in);
        List<RRset> removed = rrsets(octets, in);
        return new ZoneDelta(before, removed, after, rrsets(octets, in));
    }

    private static int length(List<RRset> rrsets) {
        return Integer.BYTES + rrsets.stream().mapToInt(ZoneDeltaOctets::length).sum();
    }

    private static int length(RRset rrset) {
        int data = rrset.rdata().stream().mapToInt(rdata -> Short.BYTES + rdata.length()).sum();
        return rrset.owner().length() + FIXED + data;
    }

    private static void write(List<RRset> rrsets, ByteBuffer out) {
        out.putInt(rrsets.size());
        rrsets.forEach(rrset -> write(rrset, out));
    }

    private static void write(RRset rrset, ByteBuffer out) {
        out.put(rrset.owner().toWire())
                .putShort((short) rrset.type().value())
                .putInt(rrset.ttl())
                .putShort((short) rrset.rdata().size());
        for (Rdata rdata : rrset.rdata()) {
            out.putShort((short) rdata.length()).put(rdata.toWire());
        }
    }

    private static List<RRset> rrsets(byte[] octets, ByteBuffer in) {
        int count = in.getInt();
        List<RRset> rrsets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rrsets.add(rrset(octets, in));
        }
        return rrsets;
    }

    private static RRset rrset(byte[] octets, ByteBuffer in) {
        Name owner = Name.fromWire(octets, in.position());
        in.position(in.position() + owner.length());
        Type type = new Type(Short.toUnsignedInt(in.getShort()));
        int ttl = in.getInt();
        int count = Short.toUnsignedInt(in.getShort());
        List<Rdata> rdata = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = Short.toUnsignedInt(in.getShort());
            rdata.add(Rdata.of(octets, in.position(), length));
            in.position(in.position() + length);
        }
        return new RRset(owner, type, ttl, rdata);
    }
}
