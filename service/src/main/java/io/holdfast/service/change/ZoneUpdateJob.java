package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A dynamic update on its way through the writer.
final class ZoneUpdateJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneUpdateJob.class);

    private final ZoneUpdate update;
    private final Owed owed;
    private final CompletableFuture<ZoneUpdateOutcome> answer = new CompletableFuture<>();
    private ZoneUpdateOutcome outcome = ZoneUpdateOutcome.DONE;
    private List<Name> hosts = List.of();

    ZoneUpdateJob(ZoneUpdate update, Owed owed) {
        this.update = update;
        this.owed = owed;
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
        try {
            ZoneUpdateDecision decision = new ZoneUpdateDecision(update, owed, batch);
            outcome = decision.decide();
            hosts = decision.hosts();
        } catch (RuntimeException e) {
            LOG.error("{}: deciding about an update failed", update.message().zone(), e);
            outcome = failure("deciding failed; the log says more");
        }
    }

    @Override
    public void done(Set<Name> unserved) {
        boolean served =
                !unserved.contains(update.message().zone())
                        || !outcome.rcode().equals(Rcode.NOERROR);
        if (served) {
            hosts.forEach(owed::remove);
            answer.complete(outcome);
        } else {
            failed("stored, but DNS does not serve it yet");
        }
    }

    @Override
    public void failed(String incident) {
        hosts.forEach(owed::add);
        answer.complete(failure(incident));
    }

    private static ZoneUpdateOutcome failure(String incident) {
        return new ZoneUpdateOutcome(Rcode.SERVFAIL, incident);
    }
}
