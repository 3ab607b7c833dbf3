package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;

/// Receives everything stored, row by row: accounts and keys first, then zones with what updates
/// and time made of them, then hosts.
public interface Contents {
    void account(Account account);

    void zone(DeclaredZone zone);

    void key(UpdateKey key);

    void formerSecret(FormerSecret former);

    void dynamic(DynamicRecord dynamicRecord);

    /// A step from one version of a zone to the next; older steps come first.
    ///
    /// @param number of the commit that made it
    void version(long number, ZoneVersion version);

    /// Something of a zone that was named before cannot be read; it must not be served without.
    void faulty(Name apex, String fault);

    /// Malformed record data of a zone that will be named was found and dealt with.
    ///
    /// @param what became of it, for the operator
    void malformed(Name apex, String what);

    void host(Host host);

    /// A host as its history says, which is newer than its row. Comes after [#host], the oldest
    /// entry first, and more than once if need be.
    void newer(Host host);
}
