package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The update requests of one client request on their way through the writer.
final class UpdateJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateJob.class);

    private final List<ChangeRequest> requests;
    private final ExcusedRetries excused;
    private final List<UpdateOutcome> outcomes = new ArrayList<>();
    private final CompletableFuture<List<UpdateOutcome>> answer = new CompletableFuture<>();

    UpdateJob(List<ChangeRequest> requests, ExcusedRetries excused) {
        this.requests = List.copyOf(requests);
        this.excused = excused;
    }

    CompletableFuture<List<UpdateOutcome>> answer() {
        return answer;
    }

    @Override
    public int size() {
        return requests.size();
    }

    @Override
    public void stage(Batch batch) {
        outcomes.clear(); // a batch may be tried again, job by job
        for (ChangeRequest request : requests) {
            outcomes.add(stage(request, batch));
        }
    }

    private UpdateOutcome stage(ChangeRequest request, Batch batch) {
        Optional<DeclaredZone> zone = batch.zones().closest(request.host());
        Optional<Host> host =
                batch.host(request.host()).filter(h -> Decision.covers(request.by(), h));
        if (zone.isEmpty() || host.isEmpty()) {
            // The same words for "not here" and "not yours": nobody learns who is here.
            return new UpdateOutcome.Refused(
                    Refusal.NAME_NOT_YOURS, request.host() + " is not a host of these credentials");
        }
        return stage(request, host.get(), zone.get(), batch);
    }

    private UpdateOutcome stage(ChangeRequest request, Host host, DeclaredZone zone, Batch batch) {
        Decision decision;
        try {
            boolean retry = excused.contains(host.name());
            decision = Decision.on(host, request, zone.policy(), retry, batch.now());
        } catch (RuntimeException e) {
            LOG.error("{}: deciding about an update failed", request.host(), e);
            return new UpdateOutcome.Failed("deciding failed; the log says more");
        }
        batch.decided(host, decision, request.origin());
        return decision.outcome();
    }

    @Override
    public void done(Set<Name> unserved) {
        List<UpdateOutcome> answers = unserved.isEmpty() ? outcomes : answers(unserved);
        for (int i = 0; i < requests.size(); i++) {
            switch (answers.get(i)) {
                case UpdateOutcome.Failed _ -> excused.add(requests.get(i).host());
                case UpdateOutcome.Changed _, UpdateOutcome.Unchanged _, UpdateOutcome.Refused _ ->
                        excused.remove(requests.get(i).host());
            }
        }
        answer.complete(List.copyOf(answers));
    }

    @Override
    public void failed(String incident) {
        requests.forEach(request -> excused.add(request.host()));
        UpdateOutcome failed = new UpdateOutcome.Failed(incident);
        answer.complete(requests.stream().map(_ -> failed).toList());
    }

    /// A host of a zone below an unserved one is taken for one of that: it may ask again in vain,
    /// but is told nothing wrong.
    private List<UpdateOutcome> answers(Set<Name> unserved) {
        List<UpdateOutcome> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            boolean served = unserved.stream().noneMatch(requests.get(i).host()::isAtOrBelow);
            answers.add(served ? outcomes.get(i) : unpublished(outcomes.get(i)));
        }
        return answers;
    }

    private static UpdateOutcome unpublished(UpdateOutcome outcome) {
        return switch (outcome) {
            case UpdateOutcome.Changed _, UpdateOutcome.Unchanged _ ->
                    new UpdateOutcome.Failed("stored, but DNS does not serve it yet");
            case UpdateOutcome.Refused _, UpdateOutcome.Failed _ -> outcome;
        };
    }
}
