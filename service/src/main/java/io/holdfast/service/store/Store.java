package io.holdfast.service.store;

import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data folder's database: read whole at start, then written one transaction at a time.
///
/// One thread at a time may use it.
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final DataFolder folder;
    private Connection connection;
    private RowWriter writer;

    private Store(DataFolder folder, Connection connection) throws SQLException {
        this.folder = folder;
        this.connection = connection;
        this.writer = new RowWriter(connection);
    }

    /// Takes the data folder (made if missing) and opens what is in it.
    ///
    /// @throws StoreException naming the folder and the mend: it is in use, cannot be written, or
    ///   holds something else
    public static Store open(Path dataDirectory) throws StoreException {
        DataFolder folder = DataFolder.take(dataDirectory);
        try {
            return new Store(folder, Database.open(folder.database()));
        } catch (SQLException e) {
            letGo(folder);
            throw new StoreException(
                    "cannot use the data folder "
                            + dataDirectory
                            + ": "
                            + e.getMessage()
                            + "; make room or mend holdfast.db there, or name another folder with"
                            + " --data",
                    Database.isPassing(e),
                    e);
        } catch (StoreException | RuntimeException e) {
            letGo(folder);
            throw e;
        }
    }

    /// Reads everything but history.
    public void read(Contents into) throws StoreException {
        try {
            RowReader.readAll(connection, into);
            connection.rollback(); // ends the snapshot that was read from
        } catch (SQLException | IllegalArgumentException e) {
            throw new StoreException(
                    "cannot read the data folder " + folder + ": " + e.getMessage(), false, e);
        }
    }

    /// The highest id given to anything so far.
    public long lastId() throws StoreException {
        try {
            return RowReader.lastId(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot read the data folder " + folder, false, e);
        }
    }

    /// Writes all of it, durably, or nothing.
    ///
    /// @param progress told now and then how many hosts, or records of a zone, were added so far
    /// @return the number of this commit
    public long commit(Changes changes, LongConsumer progress) throws StoreException {
        try {
            long number = writer.write(changes, progress);
            connection.commit();
            return number;
        } catch (RuntimeException e) {
            reopen(); // a statement may be half filled in
            throw e;
        } catch (SQLException e) {
            undo();
            throw new StoreException(
                    "nothing could be written to the data folder " + folder + ": " + e.getMessage(),
                    Database.isPassing(e),
                    e);
        }
    }

    /// What happened to a host, newest first; the latest [HistoryEntry#KEPT].
    ///
    /// @param host as committed
    public List<HistoryEntry> history(Host host) throws StoreException {
        try {
            List<HistoryEntry> entries = RowReader.history(connection, host.activity().lastEntry());
            connection.rollback();
            return entries;
        } catch (SQLException e) {
            throw new StoreException("cannot read the data folder " + folder, false, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("{}: closing the database failed; nothing is lost: {}", folder, e.toString());
        }
        letGo(folder);
    }

    /// SQLite may have ended the transaction itself, and the driver does not know then in which
    /// state it is: a new connection does.
    private void undo() throws StoreException {
        try {
            connection.rollback();
        } catch (SQLException ended) {
            reopen();
        }
    }

    private void reopen() throws StoreException {
        try {
            connection.close();
            connection = Database.open(folder.database());
            writer = new RowWriter(connection);
        } catch (SQLException e) {
            throw new StoreException(
                    "cannot open the database in " + folder + " again: " + e.getMessage(),
                    Database.isPassing(e),
                    e);
        }
    }

    private static void letGo(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warn("{}: giving up the lock failed: {}", folder, e.toString());
        }
    }
}
