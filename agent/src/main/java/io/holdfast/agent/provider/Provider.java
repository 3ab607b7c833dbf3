package io.holdfast.agent.provider;

/// Updates the addresses of one name at one service.
///
/// before: `home A 192.0.2.1`; `send(home, [192.0.2.7])`; after: `home A 192.0.2.7`, and nothing
/// else touched, the other family neither.
///
/// Sends each update once: whether and when to say it again is the caller's decision alone.
public interface Provider {
    /// Blocks up to [io.holdfast.agent.http.HttpOptions#USUAL] allows: 5 s for each of the server's
    /// addresses, and 15 s for the reply.
    ///
    /// @param addresses at least one
    ProviderReply send(Host host, Addresses addresses);
}
