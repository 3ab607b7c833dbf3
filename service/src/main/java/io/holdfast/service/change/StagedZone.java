package io.holdfast.service.change;

import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.OwnRecords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The next version of a zone while a batch is made.
final class StagedZone {
    private DeclaredZone next;
    private @Nullable OwnRecords own;
    private final boolean isNew;
    private final List<RRsetChange> changes = new ArrayList<>();

    /// @param isNew whether no such zone is declared yet: it is then published whole
    StagedZone(DeclaredZone next, boolean isNew) {
        this.next = next;
        this.isNew = isNew;
    }

    DeclaredZone next() {
        return next;
    }

    /// Its own records, if policy or records are declared anew.
    @Nullable OwnRecords own() {
        return own;
    }

    boolean isNew() {
        return isNew;
    }

    /// Whether readers will see another version.
    boolean isServedOtherwise() {
        return isNew || !changes.isEmpty();
    }

    List<RRsetChange> changes() {
        return changes;
    }

    void declare(DeclaredZone declared, OwnRecords records) {
        next = declared;
        own = records;
    }

    void serial(int serial) {
        next = next.withSerial(serial);
    }
}
