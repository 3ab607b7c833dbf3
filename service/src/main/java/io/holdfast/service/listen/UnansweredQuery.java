package io.holdfast.service.listen;

import java.net.SocketAddress;
import java.util.HexFormat;

/// What the log says of a query that we failed to answer: enough to ask it again.
final class UnansweredQuery {
    private static final int SHOWN_OCTETS = 512;

    private UnansweredQuery() {}

    static String text(SocketAddress sender, byte[] query, int length) {
        int shown = Math.min(length, SHOWN_OCTETS);
        return "a query of "
                + sender
                + " could not be answered, a fault of Holdfast's; please report it with these octets: "
                + HexFormat.of().formatHex(query, 0, shown)
                + (shown < length ? "..." : "");
    }
}
