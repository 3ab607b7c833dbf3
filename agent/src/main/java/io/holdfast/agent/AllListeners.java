package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.Published;
import io.holdfast.agent.round.RoundListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Passes each step on to several listeners, in their order.
record AllListeners(List<RoundListener> all) implements RoundListener {
    AllListeners {
        all = List.copyOf(all);
    }

    @Override
    public void eventReceived(String name, Instant at) {
        all.forEach(one -> one.eventReceived(name, at));
    }

    @Override
    public void noticed(String name, Map<Family, Observation> seen, Instant at) {
        all.forEach(one -> one.noticed(name, seen, at));
    }

    @Override
    public void decided(String name, Decision decision, Instant at) {
        all.forEach(one -> one.decided(name, decision, at));
    }

    @Override
    public void lookedUp(String name, Published published, Instant at) {
        all.forEach(one -> one.lookedUp(name, published, at));
    }

    @Override
    public void sending(String name, Addresses addresses, Instant at) {
        all.forEach(one -> one.sending(name, addresses, at));
    }

    @Override
    public void answered(String name, Addresses sent, ProviderReply reply, Instant at) {
        all.forEach(one -> one.answered(name, sent, reply, at));
    }

    @Override
    public void remembered(String name, Instant at) {
        all.forEach(one -> one.remembered(name, at));
    }

    @Override
    public void trouble(String name, String trouble, Instant at) {
        all.forEach(one -> one.trouble(name, trouble, at));
    }
}
