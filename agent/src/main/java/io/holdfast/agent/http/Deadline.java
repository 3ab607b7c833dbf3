package io.holdfast.agent.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// When a request has to be over.
///
/// @param nanoTime on the scale of [System#nanoTime]
public record Deadline(long nanoTime) {
    /// So long from now.
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// At least 1: a socket takes 0 for "for ever".
    public int millisLeft() throws SocketTimeoutException {
        long left = (nanoTime - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("too late");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
