package io.holdfast.service.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Rows that are added by one and waited for by many. Keeps the first [#MOST]; a page that shows
/// more is no longer looked at.
final class Rows {
    static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<List<String>> rows = new ArrayList<>();
    private boolean closed;

    void add(List<String> row) {
        lock.lock();
        try {
            if (rows.size() < MOST) {
                rows.add(List.copyOf(row));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The rows from number `first` on, counted from 0; none if there are not so many yet.
    List<List<String>> from(int first) {
        lock.lock();
        try {
            return first >= rows.size() ? List.of() : List.copyOf(rows.subList(first, rows.size()));
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is a row number `wanted`, at most `patience`.
    ///
    /// @return whether more may come; false once closed
    boolean await(int wanted, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!closed && rows.size() <= wanted && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A row as a JSON array of strings, on one line.
    static String json(List<String> row) {
        return row.stream().map(Rows::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /// RFC 8259 §7.
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                if (c == '"' || c == '\\') {
                    json.append('\\');
                }
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
