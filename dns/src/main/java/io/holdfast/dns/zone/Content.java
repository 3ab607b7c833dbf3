package io.holdfast.dns.zone;

/// What a name holds by itself, apart from the names below it.
final class Content {
    static final Content NONE = new Content(new byte[0], false);

    /// RRsets in the form of [RRsetWire], one after the other.
    final byte[] records;

    /// The name exists even without records.
    final boolean reserved;

    Content(byte[] records, boolean reserved) {
        this.records = records;
        this.reserved = reserved;
    }

    Content withRecords(byte[] next) {
        return new Content(next, reserved);
    }

    Content withReserved(boolean next) {
        return new Content(records, next);
    }

    /// Whether the name exists because of it.
    boolean exists() {
        return reserved || records.length > 0;
    }
}
