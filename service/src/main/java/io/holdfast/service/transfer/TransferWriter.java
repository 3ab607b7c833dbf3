package io.holdfast.service.transfer;

import io.holdfast.dns.BigEndian;
import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.io.IOException;
import java.util.Arrays;

/// Fills the messages of a transfer with records, one after the other, and sends each as it becomes
/// full (RFC 5936 §2.2).
///
/// Each message repeats the question (§2.2.1 allows it), so that owners end in a pointer to it (RFC
/// 1035 §4.1.4); an owner that was just written is a pointer alone. More compression would save
/// little: record data differs from record to record.
final class TransferWriter {
    /// A message is sent before it grows beyond this, unless one record alone needs more. Pointers
    /// reach no further.
    private static final int FULL = 0x4000;

    private static final int LONGEST = 0xFFFF;
    private static final int POINTER = 0xC000;
    private static final int CLASS_IN = 1;

    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int ADDITIONALS = 10;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int RECURSION_DESIRED = 0x0100;

    /// What stands between the owner of a record and its data.
    private static final int FIELDS = 10;

    /// An OPT record without options (RFC 6891 §6.1.2).
    private static final int OPT_LENGTH = 11;

    private static final int OUR_PAYLOAD = 1232;

    /// Where messages go.
    interface Sink {
        void send(byte[] message) throws IOException;
    }

    private final TransferRequest request;
    private final Sink sink;
    private final int full;
    private final int most;
    private final byte[] octets = new byte[LONGEST];
    private int at;
    private int records;
    private boolean first = true;
    private Name lastOwner = Name.ROOT;
    private int lastOwnerAt;

    /// @param room octets to leave free in each message, for a signature
    TransferWriter(TransferRequest request, int room, Sink sink) {
        this.request = request;
        this.full = FULL - room;
        this.most = LONGEST - room;
        this.sink = sink;
        begin();
    }

    /// How long a reply over UDP may become, at the most, if it carries records of so many octets.
    static int datagram(TransferRequest request, int octets, int room) {
        return request.head().length + octets + OPT_LENGTH + room;
    }

    /// What the records of an RRset take, at the most.
    static int octets(RRset rrset) {
        int octets = 0;
        for (Rdata rdata : rrset.rdata()) {
            octets += rrset.owner().length() + FIELDS + rdata.length();
        }
        return octets;
    }

    /// The reply to what cannot be read: its header alone.
    ///
    /// @param message at least a header
    static byte[] formErr(byte[] message) {
        byte[] reply = Arrays.copyOf(message, MessageReader.HEADER);
        header(reply, RESPONSE | Rcode.FORMERR.value());
        BigEndian.put16(reply, QUESTIONS, 0);
        return reply;
    }

    /// The reply that says no.
    static byte[] refusal(TransferRequest request, Rcode rcode) {
        byte[] reply = request.head().clone();
        header(reply, RESPONSE | rcode.value());
        return reply;
    }

    /// @throws IOException if the client is gone, or a record is too long for a message
    void add(RRset rrset) throws IOException {
        for (Rdata rdata : rrset.rdata()) {
            int length = rrset.owner().length() + FIELDS + rdata.length();
            if (records > 0 && at + length + ending() > full) {
                send();
                begin();
            }
            if (at + length + ending() > most) {
                throw new IOException(
                        "a record of " + rrset.owner() + " " + rrset.type() + " is too long");
            }
            put(rrset, rdata);
        }
    }

    /// Sends what is left.
    void end() throws IOException {
        send();
    }

    private void begin() {
        byte[] head = request.head();
        System.arraycopy(head, 0, octets, 0, head.length);
        header(octets, RESPONSE | AUTHORITATIVE);
        at = head.length;
        records = 0;
        lastOwnerAt = 0;
    }

    private void send() throws IOException {
        BigEndian.put16(octets, ANSWERS, records);
        if (ending() > 0) {
            putOpt();
        }
        first = false;
        sink.send(Arrays.copyOf(octets, at));
    }

    /// RFC 5936 §2.2.5 wants an OPT record in the first message only.
    private int ending() {
        return first && request.payload() > 0 ? OPT_LENGTH : 0;
    }

    private void put(RRset rrset, Rdata rdata) {
        putOwner(rrset.owner());
        BigEndian.put16(octets, at, rrset.type().value());
        BigEndian.put16(octets, at + 2, CLASS_IN);
        BigEndian.put32(octets, at + 4, rrset.ttl());
        BigEndian.put16(octets, at + 8, rdata.length());
        at += FIELDS;
        System.arraycopy(rdata.toWire(), 0, octets, at, rdata.length());
        at += rdata.length();
        records++;
    }

    private void putOwner(Name owner) {
        if (lastOwnerAt > 0 && owner.equals(lastOwner)) {
            putPointer(lastOwnerAt);
            return;
        }
        lastOwner = owner;
        lastOwnerAt = at;
        byte[] wire = owner.toWire();
        int apexLength = request.zone().length();
        if (apexLength == 1) { // a pointer is longer than the root itself
            System.arraycopy(wire, 0, octets, at, wire.length);
            at += wire.length;
            return;
        }
        int labels = wire.length - apexLength;
        System.arraycopy(wire, 0, octets, at, labels);
        at += labels;
        putPointer(MessageReader.HEADER);
    }

    private void putPointer(int to) {
        BigEndian.put16(octets, at, POINTER | to);
        at += 2;
    }

    private void putOpt() {
        Arrays.fill(octets, at, at + OPT_LENGTH, (byte) 0);
        BigEndian.put16(octets, at + 1, Type.OPT.value());
        BigEndian.put16(octets, at + 3, OUR_PAYLOAD);
        at += OPT_LENGTH;
        BigEndian.put16(octets, ADDITIONALS, 1);
    }

    /// Opcode and RD stay as they are; nothing but the question is counted yet.
    private static void header(byte[] message, int flags) {
        int kept = BigEndian.u16(message, FLAGS) & RECURSION_DESIRED;
        BigEndian.put16(message, FLAGS, flags | kept);
        Arrays.fill(message, ANSWERS, MessageReader.HEADER, (byte) 0);
    }
}
