package io.holdfast.dns.answer;

/// Why there is no better answer, for people who look at it (RFC 8914 §4). Sent as the number
/// alone.
enum ExtendedError {
    NONE(-1),
    NOT_READY(14),
    NOT_AUTHORITATIVE(20),
    NOT_SUPPORTED(21);

    /// The INFO-CODE.
    final int code;

    ExtendedError(int code) {
        this.code = code;
    }
}
