package io.holdfast.service.change;

import io.holdfast.service.host.Addresses;

/// What became of one host in one update request.
public sealed interface UpdateOutcome {
    /// On disk, and served by this server's DNS from now on.
    record Changed(Addresses now) implements UpdateOutcome {}

    /// It was so already.
    record Unchanged(Addresses now) implements UpdateOutcome {}

    /// Nothing was done.
    ///
    /// @param reason for people; names the bad value
    record Refused(Refusal why, String reason) implements UpdateOutcome {}

    /// Nothing is promised; our fault, not the client's.
    ///
    /// @param incident what our log calls it
    record Failed(String incident) implements UpdateOutcome {}
}
