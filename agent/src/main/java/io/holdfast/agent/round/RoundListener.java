package io.holdfast.agent.round;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import java.time.Instant;
import java.util.Map;

/// Hears every step of every name's round, on that name's thread and in its order; must not block
/// for long. Different names call at the same time.
public interface RoundListener {
    /// The kernel, or whoever else watches for a source, said that something may have changed.
    default void eventReceived(String name, Instant at) {}

    /// The sources of the name were looked at.
    default void noticed(String name, Map<Family, Observation> seen, Instant at) {}

    /// What the name needs was decided; also when that is nothing.
    default void decided(String name, Decision decision, Instant at) {}

    /// The DNS was asked what it publishes.
    default void lookedUp(String name, Published published, Instant at) {}

    /// An update is about to be sent, and the memory says so.
    default void sending(String name, Addresses addresses, Instant at) {}

    /// The provider answered, or did not.
    default void answered(String name, Addresses sent, ProviderReply reply, Instant at) {}

    /// What the provider answered is on disk.
    default void remembered(String name, Instant at) {}

    /// Something is wrong on this side: a damaged memory, a disk that takes nothing.
    ///
    /// @param trouble for people: what is wrong, and the next step
    default void trouble(String name, String trouble, Instant at) {}
}
