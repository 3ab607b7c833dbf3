package io.holdfast.service.change;

import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What the operator does with hosts. Every method waits until it is done, durable and served.
public final class HostAdministration {
    HostAdministration() {}

    /// Makes hosts: all of them or none.
    ///
    /// @param progress told now and then how many rows are written so far
    /// @return one a row, in order
    public List<Issued> add(List<HostRow> rows, String account, LongConsumer progress)
            throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    public Host show(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// The hosts of an account, or all, by name in canonical order.
    public List<Host> list(Optional<String> account) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// Refuses the host's updates from now on; its address stays.
    public void block(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// Takes its updates again, with a clean sheet.
    public void unblock(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// Removes the host, its address and its history.
    public void remove(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// Newest first.
    public List<HistoryEntry> history(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    public Explanation explain(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }
}
