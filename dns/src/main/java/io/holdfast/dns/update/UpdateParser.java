package io.holdfast.dns.update;

import io.holdfast.dns.MessageReader;
import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.RdataFormat;
import io.holdfast.dns.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an UPDATE message (RFC 2136 §2), whose opcode has been looked at.
///
/// Everything that makes a message wrong in itself is found here, the prescan of §3.4.1 too: so it
/// comes before the prerequisites, not after them as in §3.2. A message that can never be done is
/// refused whatever the zone holds.
public final class UpdateParser {
    private static final int COUNTS_AT = 4;
    private static final int CLASS_IN = 1;
    private static final int CLASS_NONE = 254;
    private static final int CLASS_ANY = 255;
    private static final int FIRST_META_TYPE = 128;

    private final MessageReader in;
    private final List<Prerequisite> prerequisites = new ArrayList<>();
    private final Map<NameAndType, Set<Rdata>> equal = new LinkedHashMap<>();
    private final List<UpdateStep> steps = new ArrayList<>();
    private Name zone = Name.ROOT;

    /// Set by the first thing that is wrong.
    private ParsedUpdate.@Nullable Rejected rejected;

    private UpdateParser(byte[] message) {
        in = new MessageReader(message);
    }

    /// Whatever octets come, the result is a value, never an exception.
    ///
    /// @param message without TSIG
    public static ParsedUpdate parse(byte[] message) {
        UpdateParser parser = new UpdateParser(message);
        parser.message();
        return parser.rejected != null
                ? parser.rejected
                : new ParsedUpdate.Accepted(
                        new UpdateMessage(parser.zone, parser.prerequisites, parser.steps));
    }

    private void message() {
        in.moveTo(COUNTS_AT);
        int zones = in.u16();
        int required = in.u16();
        int updates = in.u16();
        int additional = in.u16();
        zone(zones);
        for (int i = 0; i < required && rejected == null; i++) {
            prerequisite(RecordHead.read(in));
        }
        equal.forEach((at, rdata) ->
                prerequisites.add(new Prerequisite.RRsetEquals(at.name(), at.type(), rdata)));
        for (int i = 0; i < updates && rejected == null; i++) {
            update(RecordHead.read(in));
        }
        for (int i = 0; i < additional && rejected == null; i++) {
            in.skip(RecordHead.read(in).length());
            rejectIf(in.isBroken(), "a message that ends too early");
        }
        rejectIf(in.remaining() > 0, "octets after the last record");
    }

    /// §3.1.1.
    private void zone(int zones) {
        zone = in.name();
        int type = in.u16();
        int zoneClass = in.u16();
        rejectIf(in.isBroken() || zones != 1, "a zone section that is not one record");
        rejectIf(type != Type.SOA.value(), "a zone section whose type is not SOA");
        rejectIf(isMeta(zoneClass), "a zone section of a class that no zone has");
        rejectIf(zoneClass != CLASS_IN, Rcode.NOTAUTH, "a zone of another class than IN");
    }

    /// §3.2.5.
    private void prerequisite(RecordHead head) {
        check(head, "a prerequisite");
        rejectIf(head.ttl() != 0, "a prerequisite with a TTL");
        boolean isAny = head.type().equals(Type.ANY);
        switch (head.recordClass()) {
            case CLASS_ANY -> {
                rejectIf(head.length() != 0, "a prerequisite of class ANY with data");
                rejectIf(!isAny && isMeta(head.type()), "a prerequisite about a meta type");
                prerequisites.add(
                        isAny
                                ? new Prerequisite.NameInUse(head.owner())
                                : new Prerequisite.RRsetExists(head.owner(), head.type()));
            }
            case CLASS_NONE -> {
                rejectIf(head.length() != 0, "a prerequisite of class NONE with data");
                rejectIf(!isAny && isMeta(head.type()), "a prerequisite about a meta type");
                prerequisites.add(
                        isAny
                                ? new Prerequisite.NameNotInUse(head.owner())
                                : new Prerequisite.RRsetAbsent(head.owner(), head.type()));
            }
            case CLASS_IN -> {
                rejectIf(isMeta(head.type()), "a prerequisite about a meta type");
                Rdata rdata = rdata(head);
                equal.computeIfAbsent(
                                new NameAndType(head.owner(), head.type()), _ -> new HashSet<>())
                        .add(rdata);
            }
            default -> rejectIf(true, "a prerequisite of another class");
        }
    }

    /// §3.4.1.3.
    private void update(RecordHead head) {
        check(head, "an update");
        boolean isAny = head.type().equals(Type.ANY);
        switch (head.recordClass()) {
            case CLASS_ANY -> {
                rejectIf(head.ttl() != 0, "a deletion with a TTL");
                rejectIf(head.length() != 0, "a deletion of an RRset with data");
                rejectIf(!isAny && isMeta(head.type()), "a deletion of a meta type");
                steps.add(
                        isAny
                                ? new UpdateStep.DeleteName(head.owner())
                                : new UpdateStep.DeleteRRset(head.owner(), head.type()));
            }
            case CLASS_NONE -> {
                rejectIf(head.ttl() != 0, "a deletion with a TTL");
                rejectIf(isMeta(head.type()), "a deletion of a meta type");
                steps.add(new UpdateStep.DeleteRecord(head.owner(), head.type(), rdata(head)));
            }
            case CLASS_IN -> {
                rejectIf(isMeta(head.type()), "an addition of a meta type");
                // RFC 2181 §8: a TTL with its first bit set is 0.
                int ttl = Math.max(head.ttl(), 0);
                steps.add(new UpdateStep.Add(head.owner(), head.type(), ttl, rdata(head)));
            }
            default -> rejectIf(true, "an update of another class");
        }
    }

    private void check(RecordHead head, String what) {
        rejectIf(in.isBroken(), what + " that ends too early");
        rejectIf(
                !head.owner().isAtOrBelow(zone),
                Rcode.NOTZONE,
                what + " of " + head.owner() + ", which is outside the zone " + zone);
    }

    /// The data, never compressed; anything if the message is rejected.
    private Rdata rdata(RecordHead head) {
        if (rejected == null) {
            switch (RdataFormat.read(head.type(), in, head.length())) {
                case RdataFormat.Result.Good(Rdata rdata) -> {
                    return rdata;
                }
                case RdataFormat.Result.Malformed(String reason) ->
                        rejectIf(
                                true,
                                head.type()
                                        + " data that is malformed, at "
                                        + head.owner()
                                        + ": "
                                        + reason);
            }
        }
        return Rdata.of(new byte[0]);
    }

    private void rejectIf(boolean wrong, String reason) {
        rejectIf(wrong, Rcode.FORMERR, reason);
    }

    private void rejectIf(boolean wrong, Rcode rcode, String reason) {
        if (wrong && rejected == null) {
            rejected = new ParsedUpdate.Rejected(rcode, reason);
        }
    }

    /// Types of questions and of what is said about a message (RFC 6895 §3.1), not of data.
    private static boolean isMeta(Type type) {
        int value = type.value();
        return value == 0
                || value == Type.OPT.value()
                || (value >= FIRST_META_TYPE && value <= Type.ANY.value());
    }

    private static boolean isMeta(int recordClass) {
        return recordClass == 0 || recordClass == CLASS_NONE || recordClass == CLASS_ANY;
    }

    private record NameAndType(Name name, Type type) {}

    /// All of a record before its data (RFC 1035 §4.1.3).
    private record RecordHead(Name owner, Type type, int recordClass, int ttl, int length) {
        static RecordHead read(MessageReader in) {
            return new RecordHead(in.name(), new Type(in.u16()), in.u16(), in.i32(), in.u16());
        }
    }
}
