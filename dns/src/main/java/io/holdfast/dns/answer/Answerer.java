package io.holdfast.dns.answer;

import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;

/// Answers queries; one for each thread, for ever.
public final class Answerer {
    /// No reply is to be sent.
    public static final int DROP = 0;

    /// How a query came: decides how long a reply may be.
    public enum Transport {
        DATAGRAM,
        STREAM
    }

    public Answerer(Published<Zones> zones) {
        throw new UnsupportedOperationException();
    }

    /// Packet from `in`, reply to `out`; returns the reply's length or [#DROP]. Allocates nothing.
    ///
    /// @param length of the packet in `in`
    /// @param out as long as the longest reply the transport may carry
    public int answer(byte[] in, int length, byte[] out, Transport transport) {
        throw new UnsupportedOperationException();
    }
}
