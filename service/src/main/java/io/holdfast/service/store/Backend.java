package io.holdfast.service.store;

import java.sql.Connection;
import java.sql.SQLException;

/// The database behind a [Store]: how it is opened, and what its exceptions mean. Everything else
/// is the same SQL for all of them.
interface Backend {
    /// Opens it to write; makes it, and brings its tables up to date, where that is needed. There
    /// is at most one such connection at a time, in this process and in any other.
    ///
    /// @return a connection that is not in auto-commit mode
    /// @throws StoreException if it is a database that this version must not write to
    Connection openToWrite() throws SQLException, StoreException;

    /// Opens the database of a store that is open, to read what is committed.
    ///
    /// @return a connection that is not in auto-commit mode, and sees one moment in each
    ///   transaction
    Connection openToRead() throws SQLException, StoreException;

    /// Whether the same statement may succeed later: it is not the statement that is wrong, but the
    /// disk is full or faulty, or the database is away.
    boolean isPassing(SQLException e);

    /// What the operator can do where it cannot be opened.
    String mend(SQLException e);

    /// Where the data is, for messages: "the data folder x".
    @Override
    String toString();
}
