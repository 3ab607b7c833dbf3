package io.holdfast.dns;

/// Arithmetic of zone serials: 32 bits that wrap around (RFC 1982).
public final class Serial {
    private Serial() {}

    /// The serial after this one; never 0, which some secondaries take for "no zone yet".
    public static int next(int serial) {
        return serial == -1 ? 1 : serial + 1;
    }

    /// Whether `a` is newer than `b` (RFC 1982 §3.2). Two serials exactly 2^31 apart are in no
    /// order: neither is newer.
    public static boolean isNewer(int a, int b) {
        return a - b > 0;
    }

    /// The newer of both; `a` where they are in no order.
    public static int newer(int a, int b) {
        return isNewer(b, a) ? b : a;
    }
}
