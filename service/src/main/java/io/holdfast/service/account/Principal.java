package io.holdfast.service.account;

/// Who asks, once the credential has been checked.
public sealed interface Principal {
    /// An account with its update key: may change all of its hosts.
    record OfAccount(long accountId, String name) implements Principal {}

    /// A host with its own secret: may change itself.
    record OfHost(long hostId, String name) implements Principal {}

    /// Somebody with a TSIG key; what that permits was looked at before.
    record OfKey(String name) implements Principal {}

    /// The operator, at the machine itself.
    record Operator() implements Principal {}
}
