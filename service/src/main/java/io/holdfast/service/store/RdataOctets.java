package io.holdfast.service.store;

import io.holdfast.dns.Rdata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The data of an RRset's records in one column: for each its length in two octets, and itself.
final class RdataOctets {
    private RdataOctets() {}

    static byte[] write(List<Rdata> rdata) {
        int length = rdata.stream().mapToInt(data -> Short.BYTES + data.length()).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        rdata.forEach(data -> out.putShort((short) data.length()).put(data.toWire()));
        return out.array();
    }

    static List<Rdata> read(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        List<Rdata> rdata = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = Short.toUnsignedInt(in.getShort());
            rdata.add(Rdata.of(octets, in.position(), length));
            in.position(in.position() + length);
        }
        return rdata;
    }
}
