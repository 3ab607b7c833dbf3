package io.holdfast.service.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;

/// Opens stores whose database fails at one call that a test chooses: the real driver, with every
/// call of the store to it counted.
public final class FaultyStores {
    /// When the fault is thrown: the call was not made, or it was made and nobody knows.
    public enum Moment {
        BEFORE_THE_CALL,
        AFTER_THE_CALL
    }

    private static final List<Class<?>> DRIVER =
            List.of(Connection.class, PreparedStatement.class, Statement.class, ResultSet.class);

    private int calls;
    private int failing;
    private int openingsThatFail;
    private String failed = "";
    private String failingMethod = "";
    private Moment moment = Moment.BEFORE_THE_CALL;
    private Supplier<? extends Throwable> fault = AssertionError::new;

    public synchronized Store open(Path folder) throws StoreException {
        return Store.open(folder, this::around);
    }

    /// A backend that fails as it is told to, with a real one behind it.
    synchronized Backend around(Backend real) {
        return new FaultyBackend(real);
    }

    /// Has the database fail at the `number`th call from now on, from 1; once.
    public synchronized void failAt(int number, Moment when, Supplier<? extends Throwable> with) {
        calls = 0;
        failing = number;
        moment = when;
        fault = with;
        failed = "";
        failingMethod = "";
    }

    /// The same at the next call of that name.
    public synchronized void failAt(
            String method, Moment when, Supplier<? extends Throwable> with) {
        failAt(0, when, with);
        failingMethod = method;
    }

    /// Has the next attempts to open the database fail.
    public synchronized void failOpening(int times) {
        openingsThatFail = times;
    }

    /// Which call failed; empty if none has.
    public synchronized String failed() {
        return failed;
    }

    private final class FaultyBackend implements Backend {
        private final Backend real;

        FaultyBackend(Backend real) {
            this.real = real;
        }

        @Override
        public Connection openToWrite() throws SQLException, StoreException {
            return connection(real);
        }

        @Override
        public Connection openToRead() throws SQLException, StoreException {
            return real.openToRead();
        }

        @Override
        public boolean isPassing(SQLException e) {
            return real.isPassing(e);
        }

        @Override
        public String mend(SQLException e) {
            return real.mend(e);
        }

        @Override
        public String toString() {
            return real.toString();
        }
    }

    private synchronized Connection connection(Backend real) throws SQLException, StoreException {
        if (openingsThatFail > 0) {
            openingsThatFail--;
            throw new SQLException("injected: cannot be opened");
        }
        return (Connection) counted(real.openToWrite(), Connection.class);
    }

    private Object counted(Object real, Class<?> type) {
        InvocationHandler handler = (_, method, arguments) -> call(real, method, arguments);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        boolean now = isNow(method);
        if (now && moment == Moment.BEFORE_THE_CALL) {
            throw fault.get();
        }
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        if (now) {
            throw fault.get();
        }
        return DRIVER.contains(method.getReturnType())
                ? counted(result, method.getReturnType())
                : result;
    }

    private synchronized boolean isNow(Method method) {
        if (++calls != failing && !method.getName().equals(failingMethod)) {
            return false;
        }
        failingMethod = "";
        failed = method.getName();
        return true;
    }
}
