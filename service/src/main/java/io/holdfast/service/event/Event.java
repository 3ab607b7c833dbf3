package io.holdfast.service.event;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.StaticRecords;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something that happened, with all that follows for memory and for the rows.
///
/// What must be able to be forgotten is not in the log: of persons and of keys an event names the
/// id, and the rows hold the rest. So does the row of a zone, which may have a million records. An
/// event that was read from the log has no such value; one that was just decided has it.
///
/// The names of the events are part of what `holdfast watch` prints: they do not change.
public sealed interface Event {
    /// @param account empty if it was read from the log
    record AccountAdded(long id, Optional<Account> account) implements Event {
        public AccountAdded(Account account) {
            this(account.id(), Optional.of(account));
        }
    }

    record AccountRemoved(long id) implements Event {}

    /// An account has another update key.
    ///
    /// @param account with it; empty if it was read from the log
    record AccountKeyChanged(long id, Optional<Account> account) implements Event {
        public AccountKeyChanged(Account account) {
            this(account.id(), Optional.of(account));
        }
    }

    record HostAdded(Host host) implements Event {}

    /// With its history.
    record HostRemoved(Host host) implements Event {}

    /// A host is otherwise than it was, and its history says so.
    sealed interface HostChanged extends Event {
        HostEntry entry();
    }

    record AddressesChanged(HostEntry entry) implements HostChanged {}

    /// By the operator, or by the rules of abuse.
    record Blocked(HostEntry entry) implements HostChanged {}

    record Unblocked(HostEntry entry) implements HostChanged {}

    record SecretChanged(HostEntry entry) implements HostChanged {}

    record TtlChanged(HostEntry entry) implements HostChanged {}

    /// A needless update was taken from what a host has in hand.
    record RepeatCounted(Host host) implements Event {}

    /// What a host or an account had before stays good for a while; of each owner one.
    record FormerSecretKept(FormerSecret former) implements Event {}

    record FormerSecretEnded(FormerSecret former) implements Event {}

    /// @param key empty if it was read from the log
    record KeyAdded(Name name, Optional<UpdateKey> key) implements Event {
        public KeyAdded(UpdateKey key) {
            this(key.key().name(), Optional.of(key));
        }
    }

    record KeyRemoved(Name name) implements Event {}

    /// A zone is there from now on, or its policy or the operator's records are otherwise.
    ///
    /// @param zone empty if it was read from the log
    record ZoneDeclared(Name apex, Optional<Declared> zone) implements Event {
        public ZoneDeclared(DeclaredZone zone, StaticRecords own) {
            this(zone.apex(), Optional.of(new Declared(zone, own)));
        }
    }

    /// @param zone with the serial from then on
    /// @param own what follows from its records
    record Declared(DeclaredZone zone, StaticRecords own) {}

    /// With all that was in it.
    record ZoneRemoved(Name apex) implements Event {}

    /// What dynamic updates made of an RRset that belongs to no host.
    ///
    /// @param kept false if there is nothing to say of it any more: the operator's records hold
    record RecordsChanged(DynamicRecord now, boolean kept) implements Event {}

    /// Hosts have an address from now on, or have it no more, whose reverse name is in a zone here.
    ///
    /// @param hosts all that have it from now on
    record ReverseNameChanged(Name apex, Name reverse, Set<Name> hosts) implements Event {}

    /// A zone has another version, which follows from the other events of the commit.
    ///
    /// @param serial of it, unsigned
    /// @param whole whether it is built from what is declared, and not step by step
    /// @param changes what turns the version before into it; none if it is built whole
    /// @param step the same for secondaries; empty if it is built whole, or was read from the log
    record ZoneChanged(
            Name apex,
            int serial,
            boolean whole,
            List<RRsetChange> changes,
            Optional<ZoneVersion> step)
            implements Event {}
}
