package io.holdfast.service.store;

/// Where everything durable is.
public sealed interface StoreLocation {
    /// In the data folder.
    record Sqlite() implements StoreLocation {}

    /// In a database somewhere else. The data folder then holds the lock, and this address.
    record Postgresql(PostgresqlAddress address) implements StoreLocation {}
}
