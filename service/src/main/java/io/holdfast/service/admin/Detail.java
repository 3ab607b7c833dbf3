package io.holdfast.service.admin;

/// What a request can say besides the names it is about. As stable as [Verb].
public enum Detail {
    /// The account of the hosts.
    ACCOUNT,
    EMAIL,
    /// An update key or a host's secret, taken as it is; of a TSIG key, in base64.
    SECRET,
    /// How long a former secret stays good, as in `7d`.
    OVERLAP,
    /// Of a host's records, as in `5m`; `zone` for what its zone says.
    TTL,
    /// What the person calls the file whose content is the request's body.
    FILE,
    /// Of a TSIG key, as in `hmac-sha256`.
    ALGORITHM,
    /// How a TSIG key is to be written, as in `bind`.
    FORMAT,
    /// The number of a commit.
    FROM,
    /// Present when the answer is to be JSON.
    JSON
}
