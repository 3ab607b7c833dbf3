package io.holdfast.cli.trial;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.Published;
import io.holdfast.agent.round.RoundListener;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Notes when the agent did what, and lets the play wait for it.
final class HopTimer implements RoundListener {
    /// One thing the agent did.
    sealed interface Step {
        Instant at();

        record Noticed(Instant at) implements Step {}

        record Decided(Decision decision, Instant at) implements Step {}

        record LookedUp(Published published, Instant at) implements Step {}

        record Answered(ProviderReply reply, Instant at) implements Step {}

        record Remembered(Instant at) implements Step {}
    }

    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    /// Forgets what has been heard so far.
    void clear() {
        steps.clear();
    }

    /// Waits for the next step of a kind, passing over others.
    ///
    /// @return empty if none comes within the bound
    <S extends Step> Optional<S> next(Class<S> kind, long boundMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(boundMillis);
        while (true) {
            Step step = steps.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (step == null) {
                return Optional.empty();
            }
            if (kind.isInstance(step)) {
                return Optional.of(kind.cast(step));
            }
        }
    }

    @Override
    public void noticed(String name, Map<Family, Observation> seen, Instant at) {
        steps.add(new Step.Noticed(at));
    }

    @Override
    public void decided(String name, Decision decision, Instant at) {
        steps.add(new Step.Decided(decision, at));
    }

    @Override
    public void lookedUp(String name, Published published, Instant at) {
        steps.add(new Step.LookedUp(published, at));
    }

    @Override
    public void answered(String name, Addresses told, ProviderReply reply, Instant at) {
        steps.add(new Step.Answered(reply, at));
    }

    @Override
    public void remembered(String name, Instant at) {
        steps.add(new Step.Remembered(at));
    }
}
