package io.holdfast.dns;

import java.util.Arrays;

/// What every reply has in common with its request: id, opcode, in a query RD, the question section
/// (the zone section of an UPDATE), and EDNS if the request has it (RFC 6891 §6.1.1).
///
/// Of a request that cannot be read, as much of that as can.
public final class BareReply {
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int OTHERS = 6;
    private static final int ADDITIONALS = 10;

    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int OPCODE = 0x7800;
    private static final int RECURSION_DESIRED = 0x0100;

    private static final int TYPE_AND_CLASS = 4;

    /// What UDP carries without EDNS, in octets (RFC 1035 §4.2.1).
    private static final int LEAST_PAYLOAD = 512;

    /// What we send and take by UDP with EDNS, in octets (RFC 9715).
    private static final int MOST_PAYLOAD = 1232;

    private static final byte[] OPT = {
        0, 0, 41, (byte) (MOST_PAYLOAD >>> 8), (byte) MOST_PAYLOAD, 0, 0, 0, 0, 0, 0
    };

    private final byte[] request;
    private int questionsEnd = MessageReader.HEADER;
    private boolean hasEdns;
    private int version;
    private int payload = LEAST_PAYLOAD;

    /// @param request at least a header; not copied, not changed
    public BareReply(byte[] request) {
        this.request = request;
        MessageReader in = new MessageReader(request);
        in.moveTo(MessageReader.HEADER);
        for (int i = BigEndian.u16(request, QUESTIONS); i > 0 && !in.isBroken(); i--) {
            in.skipName();
            in.skip(TYPE_AND_CLASS);
        }
        if (!in.isBroken()) {
            questionsEnd = in.at();
            readEdns(in);
        }
    }

    /// A reply with nothing in it.
    ///
    /// @param rcode of those that fit a header, 0 to 15
    public byte[] with(Rcode rcode) {
        return reply(RESPONSE | rcode.value());
    }

    /// Tells a client over UDP to come again over TCP.
    public byte[] truncated() {
        return reply(RESPONSE | TRUNCATED);
    }

    /// Whether the request speaks a version of EDNS that is not ours, 0.
    public boolean isOfUnknownVersion() {
        return version != 0;
    }

    /// How long a reply over UDP may be, in octets: 512 to 1,232.
    public int mostPayload() {
        return payload;
    }

    private byte[] reply(int flags) {
        byte[] reply = Arrays.copyOf(request, questionsEnd + (hasEdns ? OPT.length : 0));
        int asked = BigEndian.u16(request, FLAGS);
        int kept = asked & ((asked & OPCODE) == 0 ? RECURSION_DESIRED : OPCODE);
        BigEndian.put16(reply, FLAGS, flags | kept);
        if (questionsEnd == MessageReader.HEADER) {
            BigEndian.put16(reply, QUESTIONS, 0);
        }
        Arrays.fill(reply, OTHERS, MessageReader.HEADER, (byte) 0);
        if (hasEdns) {
            BigEndian.put16(reply, ADDITIONALS, 1);
            System.arraycopy(OPT, 0, reply, questionsEnd, OPT.length);
        }
        return reply;
    }

    private void readEdns(MessageReader in) {
        int records =
                BigEndian.u16(request, OTHERS)
                        + BigEndian.u16(request, OTHERS + Short.BYTES)
                        + BigEndian.u16(request, ADDITIONALS);
        for (int i = 0; i < records && !in.isBroken(); i++) {
            in.skipName();
            int type = in.u16();
            int recordClass = in.u16();
            int ttl = in.i32();
            in.skip(in.u16());
            if (type == Type.OPT.value() && !in.isBroken()) {
                hasEdns = true;
                version = ttl >>> 16 & 0xFF;
                payload = Math.clamp(recordClass, LEAST_PAYLOAD, MOST_PAYLOAD);
            }
        }
    }
}
