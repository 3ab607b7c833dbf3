package io.holdfast.service.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Rows that are added by one and waited for by many, numbered from 0. Keeps the newest [#MOST]:
/// more is no longer looked at.
final class Rows {
    static final int MOST = 1_000;

    /// Rows that follow each other.
    ///
    /// @param first the number of the first of them, or of the next there will be
    record Range(int first, List<List<String>> rows) {
        int next() {
            return first + rows.size();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<List<String>> rows = new ArrayDeque<>();
    private String headline = "";
    private int next;
    private boolean closed;

    void add(List<String> row) {
        lock.lock();
        try {
            rows.add(List.copyOf(row));
            next++;
            if (rows.size() > MOST) {
                rows.remove();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What stands above the rows; empty at first.
    String headline() {
        lock.lock();
        try {
            return headline;
        } finally {
            lock.unlock();
        }
    }

    void headline(String text) {
        lock.lock();
        try {
            headline = text;
        } finally {
            lock.unlock();
        }
    }

    /// The rows from number `wanted` on, or from the oldest that is still kept; none if there are
    /// not so many yet.
    Range from(int wanted) {
        lock.lock();
        try {
            int first = Math.clamp(wanted, next - rows.size(), next);
            return new Range(first, rows.stream().skip(first - (next - rows.size())).toList());
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
            while (!closed && next <= wanted && left > 0) {
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

    /// A JSON string, on one line (RFC 8259 §7).
    static String quoted(String text) {
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
