package io.holdfast.service.store;

import io.holdfast.service.event.Commit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database that everything durable is in: read whole at start, then written one transaction at
/// a time.
///
/// One thread at a time may use it.
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final DataFolder folder;
    private final Backend backend;
    private final Reader reader;
    private Connection connection;
    private RowWriter writer;

    /// The number of the last commit.
    private long lastCommit;

    /// The highest id that was read.
    private long highestId;

    /// Whether the connection is as it should be; otherwise another is opened before the next use.
    private boolean usable;

    private Store(DataFolder folder, Backend backend) throws SQLException, StoreException {
        this.folder = folder;
        this.backend = backend;
        reader = new Reader(backend);
        connection = backend.openToWrite();
        try {
            writer = new RowWriter(connection);
            lastCommit = RowReader.lastCommit(connection);
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        usable = true;
    }

    /// Takes the data folder (made if missing) and opens what is in it.
    ///
    /// @throws StoreException naming the folder and the mend: it is in use, cannot be written, or
    ///   holds something else
    public static Store open(Path dataDirectory) throws StoreException {
        return open(dataDirectory, backend -> backend);
    }

    /// The same with what the configuration says.
    ///
    /// @param location where the data is; empty for where it was the last time
    public static Store open(Path dataDirectory, Optional<StoreLocation> location)
            throws StoreException {
        return open(dataDirectory, location, backend -> backend);
    }

    /// @param around what stands between the store and its database
    static Store open(Path dataDirectory, UnaryOperator<Backend> around) throws StoreException {
        return open(dataDirectory, Optional.empty(), around);
    }

    static Store open(
            Path dataDirectory, Optional<StoreLocation> location, UnaryOperator<Backend> around)
            throws StoreException {
        DataFolder folder = DataFolder.take(dataDirectory);
        try {
            Optional<PostgresqlAddress> elsewhere = elsewhere(folder, location);
            if (elsewhere.isEmpty()) {
                return open(folder, around.apply(new SqliteBackend(folder.sqliteFile())));
            }
            Store store = open(folder, around.apply(new PostgresqlBackend(elsewhere.get())));
            store.remember(elsewhere.get());
            return store;
        } catch (StoreException | RuntimeException e) {
            letGo(folder);
            throw e;
        }
    }

    /// Which database elsewhere holds the data, if any does. A folder does not change from one to
    /// the other by itself: what was stored would be gone, as far as anybody could see.
    private static Optional<PostgresqlAddress> elsewhere(
            DataFolder folder, Optional<StoreLocation> location) throws StoreException {
        Optional<PostgresqlAddress> remembered = RememberedAddress.in(folder.path());
        if (location.isEmpty()) {
            return remembered;
        }
        return switch (location.get()) {
            case StoreLocation.Sqlite _ when remembered.isPresent() ->
                    throw new StoreException(
                            "the data of "
                                    + folder
                                    + " is in "
                                    + remembered.get()
                                    + " and not in SQLite; name that as store, or another folder"
                                    + " with --data");
            case StoreLocation.Sqlite _ -> Optional.empty();
            case StoreLocation.Postgresql _ when remembered.isEmpty() && folder.hasSqlite() ->
                    throw new StoreException(
                            "the data of "
                                    + folder
                                    + " is in SQLite, and is not taken along to another store;"
                                    + " name another folder with --data");
            case StoreLocation.Postgresql(PostgresqlAddress address) -> Optional.of(address);
        };
    }

    private void remember(PostgresqlAddress address) throws StoreException {
        try {
            RememberedAddress.write(folder, address);
        } catch (IOException e) {
            close();
            throw DataFolder.cannotUse(folder.path(), e);
        }
    }

    private static Store open(DataFolder folder, Backend backend) throws StoreException {
        try {
            return new Store(folder, backend);
        } catch (SQLException e) {
            throw new StoreException(
                    "cannot use " + backend + ": " + e.getMessage() + "; " + backend.mend(e),
                    backend.isPassing(e),
                    e);
        }
    }

    /// Reads everything but history; what is malformed is named, and taken out before.
    public void read(Contents into) throws StoreException {
        try {
            MalformedRows.remove(connection, backend, into);
            highestId = RowReader.readAll(connection, into);
            connection.rollback(); // ends the snapshot that was read from
        } catch (SQLException | IllegalArgumentException e) {
            throw new StoreException("cannot read " + backend + ": " + e.getMessage(), false, e);
        }
    }

    /// The highest id given to anything so far: what the database says, or what was found by
    /// [#read] if that is higher. An id that is given twice would be refused for ever.
    public long lastId() throws StoreException {
        try {
            long said = RowReader.lastId(connection);
            if (highestId > said) {
                LOG.warn(
                        "{}: the highest id in use is {} and not {}, as the database says; going"
                                + " on from there",
                        backend,
                        highestId,
                        said);
            }
            return Math.max(said, highestId);
        } catch (SQLException e) {
            throw new StoreException("cannot read " + backend, false, e);
        }
    }

    /// The number of the last commit; 0 before the first.
    public long lastCommit() {
        return lastCommit;
    }

    /// Appends a commit to the log, with the rows that follow from it: durably, or nothing of it.
    /// Whatever is thrown, an [Error] too, nothing stays behind for the next one.
    ///
    /// @param commit its number is the next
    /// @param lastId the highest id given to anything so far
    /// @param late what is to be written beside it
    /// @param progress told now and then how many hosts, or records of a zone, were added so far
    /// @throws StoreAheadException if a commit that could not be confirmed turns out to be there
    public void append(Commit commit, long lastId, Checkpoint late, LongConsumer progress)
            throws StoreException {
        transact(() -> {
            writer.write(late); // first: what follows is newer
            writer.write(commit, lastId, progress);
        });
        try {
            connection.commit();
            SQLWarning warning = connection.getWarnings();
            if (warning != null) { // a synchronous standby that was not waited for, for one
                connection.clearWarnings();
                throw warning;
            }
        } catch (Throwable thrown) {
            if (!isThere(commit.number(), thrown)) {
                throw failure(thrown);
            }
            LOG.warn(
                    "{}: commit {} is durable, although it failed so",
                    backend,
                    commit.number(),
                    thrown);
        }
        writer.isDurable();
        lastCommit = commit.number();
    }

    /// Writes what is late and nothing else: that is no commit. All of it or nothing.
    public void write(Checkpoint late) throws StoreException {
        transact(() -> writer.write(late));
        try {
            connection.commit();
        } catch (Throwable thrown) {
            throw undone(thrown); // should it be there all the same, it is written once more
        }
    }

    /// What is committed, to be read beside the writing thread.
    public Reader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("{}: closing the database failed; nothing is lost: {}", backend, e.toString());
        }
        letGo(folder);
    }

    private interface Writing {
        void write() throws SQLException;
    }

    private void transact(Writing writing) throws StoreException {
        requireConnection();
        try {
            writing.write();
        } catch (Throwable thrown) {
            throw undone(thrown);
        }
    }

    /// Ends the transaction without a trace.
    ///
    /// After an exception of the database a rollback that succeeds is enough. After anything else
    /// the driver may be in any state, and a statement half filled in: that takes a new connection,
    /// which is opened when it is needed.
    ///
    /// @return what is to be thrown
    private StoreException undone(Throwable thrown) {
        if (!(thrown instanceof SQLException) || !isRolledBack()) {
            giveUpConnection();
        }
        return failure(thrown);
    }

    private StoreException failure(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default ->
                    new StoreException(
                            "nothing could be written to " + backend + ": " + thrown.getMessage(),
                            thrown instanceof SQLException e && backend.isPassing(e),
                            thrown);
        };
    }

    /// Whether a commit of which the driver said nothing good became durable all the same. Only the
    /// file knows. If even that cannot be asked now, [#requireConnection] will find out.
    private boolean isThere(long number, Throwable thrown) throws StoreException {
        try {
            long there = afterFailedCommit(thrown);
            usable = there == lastCommit || there == number;
            return there == number;
        } catch (StoreException unknown) {
            unknown.addSuppressed(thrown);
            throw unknown;
        }
    }

    private long afterFailedCommit(Throwable thrown) throws StoreException {
        if (thrown instanceof SQLException && isRolledBack()) {
            try {
                long there = RowReader.lastCommit(connection);
                connection.rollback();
                return there;
            } catch (SQLException e) {
                LOG.debug("{}: asking by another connection", backend, e);
            }
        }
        giveUpConnection();
        return connect();
    }

    private boolean isRolledBack() {
        try {
            connection.rollback();
            return true;
        } catch (SQLException ended) {
            return false; // SQLite may have ended the transaction itself
        }
    }

    private void giveUpConnection() {
        usable = false;
        try {
            boolean _ = isRolledBack();
            connection.close();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.warn("{}: a connection could not be closed yet: {}", backend, e.toString());
        }
    }

    private void requireConnection() throws StoreException {
        if (usable) {
            return;
        }
        long there = connect();
        if (there != lastCommit) {
            throw new StoreAheadException(backend.toString(), there, lastCommit);
        }
        usable = true;
    }

    /// Opens another connection in place of one that was given up. Not before that one is closed:
    /// it may hold a lock.
    ///
    /// @return the number of the last commit in the file
    private long connect() throws StoreException {
        try {
            connection.close();
            connection = backend.openToWrite();
            writer = new RowWriter(connection);
            long there = RowReader.lastCommit(connection);
            connection.rollback();
            return there;
        } catch (SQLException e) {
            throw new StoreException(
                    "cannot open " + backend + " again: " + e.getMessage(),
                    backend.isPassing(e),
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
