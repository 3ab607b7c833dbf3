package io.holdfast.agent.address;

import java.net.SocketTimeoutException;

/// When a request has to be over.
///
/// @param nanoTime on the scale of [System#nanoTime]
record Deadline(long nanoTime) {
    /// At least 1: a socket takes 0 for "for ever".
    int millisLeft() throws SocketTimeoutException {
        long left = (nanoTime - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("too late");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
