package io.holdfast.agent.http;

import java.net.InetAddress;

/// What became of one request. The three are different things for whoever must not say a thing
/// twice.
public sealed interface HttpOutcome {
    /// At least a status came; the reply says how much more.
    ///
    /// @param server who gave it
    record Replied(HttpReply reply, InetAddress server) implements HttpOutcome {}

    /// Nothing that the server could act on was sent.
    ///
    /// @param detail for people
    record NotSent(Obstacle obstacle, String detail) implements HttpOutcome {}

    /// It was sent, maybe in part, and no status came: it may have been acted on.
    ///
    /// @param timedOut whether the server let the time pass; else the connection broke, or what
    ///   came is no HTTP
    /// @param detail for people
    record Unknown(boolean timedOut, String detail) implements HttpOutcome {}

    /// What kept a request from being sent.
    enum Obstacle {
        /// The server's name could not be looked up, or has no address of the family.
        NO_ADDRESS,
        /// Nobody took the connection.
        NO_CONNECTION,
        /// Connected, and then no TLS, or no certificate that is to be trusted.
        NO_TRUST
    }
}
