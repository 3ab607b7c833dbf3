package io.holdfast.service.change;

import io.holdfast.dns.Rcode;

/// What became of a dynamic update: everything it asked for is durable and served, or nothing of it
/// was done.
///
/// @param rcode what the client is told; [Rcode#NOERROR] also if nothing had to change
/// @param reason for the log and the host's owner; empty with NOERROR
public record ZoneUpdateOutcome(Rcode rcode, String reason) {
    public static final ZoneUpdateOutcome DONE = new ZoneUpdateOutcome(Rcode.NOERROR, "");
}
