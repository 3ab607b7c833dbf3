package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.change.AdministrationException.Kind;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something the operator wants, in a transaction of its own.
final class Task<T> implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(Task.class);

    /// What is to be done, and what is given back once that is durable.
    interface Work<T> {
        /// @throws AdministrationException if it cannot be; then nothing it staged is kept
        T stage(Batch batch) throws AdministrationException;
    }

    /// @param zones of which something is to be otherwise
    private record Staged<T>(T result, Collection<StagedZone> zones) {}

    private final Work<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Staged<T> staged;

    Task(Work<T> work) {
        this.work = work;
    }

    /// Completes exceptionally with an [AdministrationException].
    CompletableFuture<T> answer() {
        return answer;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void stage(Batch batch) {
        try {
            T result = work.stage(batch);
            staged = new Staged<>(result, batch.zones().all());
        } catch (AdministrationException e) {
            answer.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.error("an administrative request failed", e);
            failed("it failed within Holdfast; the log says more");
        }
    }

    /// Whether its work found that it cannot be done.
    boolean isRefused() {
        return staged == null;
    }

    @Override
    public void done(Set<Name> unserved) {
        if (staged == null) {
            return;
        }
        if (staged.zones.stream().anyMatch(zone -> unserved.contains(zone.next().apex()))) {
            answer.completeExceptionally(
                    new AdministrationException(
                            Kind.UNAVAILABLE,
                            "stored, but DNS does not serve it yet; the log says why"));
        } else {
            answer.complete(staged.result);
        }
    }

    @Override
    public void failed(String incident) {
        answer.completeExceptionally(
                new AdministrationException(Kind.UNAVAILABLE, "not done: " + incident));
    }
}
