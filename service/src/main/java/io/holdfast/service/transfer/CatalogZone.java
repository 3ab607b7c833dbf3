package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/// A catalog zone, version 2 (RFC 9432): lists the zones that secondaries are to serve, in records
/// that nobody else has use for.
public final class CatalogZone {
    /// What a catalog's NS record says: nobody is to resolve anything in it (§4.1).
    public static final Name NAMESERVER = Name.of("invalid");

    /// Nobody caches these.
    private static final int TTL = 3600;

    /// 128 bits of a hash: no two zones of one catalog share them.
    private static final int ID_OCTETS = 16;

    private CatalogZone() {}

    /// All records but SOA and NS.
    ///
    /// @param apex the name of the catalog
    public static List<RRset> records(Name apex, Collection<Name> members) {
        List<RRset> records = new ArrayList<>();
        Rdata version = Rdata.of(new byte[] {1, '2'});
        records.add(new RRset(Name.of("version." + apex), Type.TXT, TTL, List.of(version)));
        for (Name member : new TreeSet<>(members)) {
            Name owner = Name.of(id(member) + ".zones." + apex);
            records.add(new RRset(owner, Type.PTR, TTL, List.of(Rdata.of(member.toWire()))));
        }
        return records;
    }

    /// Always the same for the same zone: another one would have its secondaries drop what they
    /// have of it (§5.6).
    private static String id(Name member) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(member.toWire());
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_OCTETS));
        } catch (NoSuchAlgorithmException cannotBe) {
            throw new IllegalStateException("every Java has SHA-256", cannotBe);
        }
    }
}
