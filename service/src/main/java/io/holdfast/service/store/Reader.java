package io.holdfast.service.store;

import io.holdfast.service.event.Commit;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reading side: what is committed, by a connection of its own, so that nobody who only looks
/// stands in the writer's way, nor waits for it. Any number of threads may ask; they are served one
/// after the other, and each sees one moment.
///
/// The connection is opened when it is first needed. After a failure another one is opened.
public final class Reader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    private interface Question<T> {
        T ask(Connection connection) throws SQLException, StoreException;
    }

    private final Backend backend;
    private @Nullable Connection connection;
    private boolean closed;

    Reader(Backend backend) {
        this.backend = backend;
    }

    /// What happened to a host, newest first; the latest [HistoryEntry#KEPT].
    ///
    /// @param host as committed
    public List<HistoryEntry> history(Host host) throws StoreException {
        return ask(open -> RowReader.history(open, host.activity().lastEntry()));
    }

    /// The commits after one, oldest first; those that are still kept.
    ///
    /// @param number 0 for all
    /// @param most how many at the most
    public List<Commit> after(long number, int most) throws StoreException {
        return ask(open -> LogRows.after(open, number, most));
    }

    @Override
    public synchronized void close() {
        closed = true;
        giveUp();
    }

    private synchronized <T> T ask(Question<T> question) throws StoreException {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        try {
            Connection open = connection == null ? backend.openToRead() : connection;
            connection = open;
            T answer = question.ask(open);
            open.rollback(); // ends the snapshot that was read from: it would hold up checkpoints
            return answer;
        } catch (SQLException e) {
            giveUp();
            throw new StoreException(
                    "cannot read " + backend + ": " + e.getMessage(), backend.isPassing(e), e);
        } catch (StoreException | RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    private void giveUp() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.warn("{}: a reading connection could not be closed: {}", backend, e.toString());
        }
    }
}
