package io.holdfast.service.store;

import io.holdfast.service.host.HistoryEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/// The data folder's database.
public final class Store implements AutoCloseable {
    public static Store open(Path dataDirectory) throws StoreException {
        throw new UnsupportedOperationException();
    }

    public void read(Contents into) throws StoreException {
        throw new UnsupportedOperationException();
    }

    public long commit(Changes changes, LongConsumer progress) throws StoreException {
        throw new UnsupportedOperationException();
    }

    public List<HistoryEntry> history(long hostId) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
