package io.holdfast.service.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

class SqliteStoreTest extends StoreContract {
    @Override
    Store open(UnaryOperator<Backend> around) throws StoreException {
        return Store.open(folder, around);
    }

    @Override
    Connection sql() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("holdfast.db"));
    }
}
