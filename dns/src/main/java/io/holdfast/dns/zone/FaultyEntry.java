package io.holdfast.dns.zone;

/// An entry of a master file cannot be understood; the ones after it can.
final class FaultyEntry extends Exception {
    private static final long serialVersionUID = 1L;

    final transient MasterFile.Fault fault;

    FaultyEntry(Entry.Word at, String reason) {
        super(reason);
        fault = new MasterFile.Fault(at.line(), at.column(), reason);
    }
}
