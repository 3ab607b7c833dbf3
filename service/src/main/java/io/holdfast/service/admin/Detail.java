package io.holdfast.service.admin;

/// What a request can say besides the names it is about. As stable as [Verb].
public enum Detail {
    /// The account of the hosts.
    ACCOUNT,
    EMAIL,
    /// An update key or a host's secret, taken as it is.
    SECRET,
    /// What the person calls the file whose content is the request's body.
    FILE,
    /// Present when the answer is to be JSON.
    JSON
}
