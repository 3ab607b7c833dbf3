package io.holdfast.dns.zone;

/// What a zone has to say to a name and a type.
public enum Found {
    /// The records asked for.
    RECORDS,
    /// The name has a CNAME; the records are elsewhere, perhaps in another zone.
    CNAME,
    /// A name above has a DNAME, which renames all below it (RFC 6672).
    DNAME,
    /// The name is in a zone that somebody else answers for; what was found are its NS records.
    REFERRAL,
    /// The name exists, records of that type do not.
    NODATA,
    /// There is no such name, nor one below it.
    NXDOMAIN
}
