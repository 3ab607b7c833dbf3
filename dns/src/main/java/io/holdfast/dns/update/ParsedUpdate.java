package io.holdfast.dns.update;

import io.holdfast.dns.Rcode;

/// What was made of the octets of an UPDATE message.
public sealed interface ParsedUpdate {
    /// It asks for something.
    record Accepted(UpdateMessage message) implements ParsedUpdate {}

    /// It asks for nothing that could be done.
    ///
    /// @param rcode what the client is told
    /// @param reason for the log
    record Rejected(Rcode rcode, String reason) implements ParsedUpdate {}
}
