package io.holdfast.dns.zone;

/// What a zone has to say to a name and a type.
public enum Found {
    /// The records asked for.
    RECORDS,
    /// The name is an alias (CNAME); the records are elsewhere, perhaps in another zone.
    ALIAS,
    /// A name above is an alias for all below it (DNAME, RFC 6672).
    RENAMED,
    /// The name is in a zone that somebody else answers for; what was found are its NS records.
    REFERRAL,
    /// The name exists, records of that type do not.
    NO_DATA,
    /// There is no such name, nor one below it.
    NO_NAME
}
