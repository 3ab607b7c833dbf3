package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A dynamic update on its way through the writer.
final class ZoneUpdateJob implements Job {
    private final ZoneUpdate update;
    private final ExcusedRetries excused;
    private final CompletableFuture<ZoneUpdateOutcome> answer = new CompletableFuture<>();
    private ZoneUpdateOutcome outcome = ZoneUpdateOutcome.DONE;
    private List<Name> hosts = List.of();

    ZoneUpdateJob(ZoneUpdate update, ExcusedRetries excused) {
        this.update = update;
        this.excused = excused;
    }

    CompletableFuture<ZoneUpdateOutcome> answer() {
        return answer;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void stage(Batch batch) {
        ZoneUpdateDecision decision = new ZoneUpdateDecision(update, excused, batch);
        outcome = decision.decide();
        hosts = decision.hosts();
    }

    @Override
    public void done(Set<Name> unserved) {
        boolean served =
                !unserved.contains(update.message().zone())
                        || !outcome.rcode().equals(Rcode.NOERROR);
        if (served) {
            hosts.forEach(excused::remove);
            answer.complete(outcome);
        } else {
            failed("stored, but DNS does not serve it yet");
        }
    }

    @Override
    public void failed(String incident) {
        hosts.forEach(excused::add);
        answer.complete(failure(incident));
    }

    private static ZoneUpdateOutcome failure(String incident) {
        return new ZoneUpdateOutcome(Rcode.SERVFAIL, incident);
    }
}
