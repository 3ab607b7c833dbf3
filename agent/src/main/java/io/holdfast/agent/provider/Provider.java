package io.holdfast.agent.provider;

/// Tells one service which addresses one name has now.
///
/// before: `home A 192.0.2.1`; `tell(home, [192.0.2.7])`; after: `home A 192.0.2.7`, and nothing
/// else touched, the other family neither.
///
/// Sends each telling once: whether and when to say it again is the caller's decision alone.
public interface Provider {
    /// Blocks up to HttpGet.CONNECT_TIMEOUT for each of the server's addresses and then up to
    /// HttpGet.REPLY_TIMEOUT.
    ///
    /// @param addresses at least one
    ProviderReply tell(Host host, Addresses addresses);
}
