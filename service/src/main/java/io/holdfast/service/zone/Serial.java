package io.holdfast.service.zone;

/// Serial number arithmetic (RFC 1982) on unsigned 32-bit numbers.
public final class Serial {
    private Serial() {}

    public static int next(int serial) {
        return serial + 1;
    }

    /// Whether `a` is after `b`. Of two that are exactly half the circle apart neither is.
    public static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /// The one that is after the other.
    public static int later(int a, int b) {
        return isAfter(a, b) ? a : b;
    }
}
