package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/// What is known of a zone at one of its secondaries, since this service started.
///
/// Transfers are told apart by the address they come from: of two secondaries at one address, both
/// have `asked` and `fetched` of both. What was seen was asked at the very server.
///
/// @param serial the current one, here, unsigned
/// @param notified the version it was last told of, and when
/// @param acknowledged the version it last confirmed to have been told of, and when
/// @param asked the version it had when it last asked for the steps since, and when
/// @param fetched the version that it was last sent, and when
/// @param seen the version it was last seen to serve, and since when
/// @param problem what last went wrong; empty once it was seen to serve what it was told of
public record SecondaryStatus(
        Name zone,
        InetSocketAddress server,
        int serial,
        Optional<Version> notified,
        Optional<Version> acknowledged,
        Optional<Version> asked,
        Optional<Version> fetched,
        Optional<Version> seen,
        Optional<Problem> problem) {
    /// @param serial unsigned
    public record Version(int serial, Instant at) {}

    /// @param what a sentence without its subject: `does not answer`
    public record Problem(String what, Instant at) {}

    /// Whether it was seen to serve the current version.
    public boolean isCurrent() {
        return seen.isPresent() && seen.get().serial() == serial;
    }
}
