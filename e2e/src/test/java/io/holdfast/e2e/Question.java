package io.holdfast.e2e;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One question to a name server.
///
/// @param edns whether it carries EDNS, and so may be answered by 1,232 octets instead of 512
record Question(Name name, int type, boolean edns) {
    private static final int PAYLOAD = 1232;

    /// The query, not recursive.
    byte[] query(int id) {
        Message query = new Message(id);
        query.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        if (edns) {
            query.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        return query.toWire();
    }

    @Override
    public String toString() {
        return name + " " + Type.string(type) + (edns ? "" : " without EDNS");
    }
}
