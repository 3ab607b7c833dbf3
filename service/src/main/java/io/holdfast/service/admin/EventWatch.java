package io.holdfast.service.admin;

import io.holdfast.service.account.Account;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.CommitLog;
import io.holdfast.service.change.Registry;
import io.holdfast.service.event.Commit;
import io.holdfast.service.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tells what happens as it is committed, from some commit on, until nobody listens any more.
final class EventWatch {
    /// How many commits are read at once.
    private static final int AT_ONCE = 64;

    /// After so long without an event a sign is given, by which it is noticed that nobody listens.
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final CommitLog commits;
    private final EventText text;
    private final boolean running;
    private volatile boolean stopping;

    /// @param running whether anything will happen yet
    EventWatch(Registry registry, boolean running) {
        this.commits = registry.commits();
        this.running = running;
        this.text =
                new EventText(
                        name -> registry.declaredZones().zoneOf(name),
                        id -> registry.accounts().byId(id).map(Account::name));
    }

    void tell(Request request, Answer answer) throws AdministrationException {
        Optional<Long> from = request.detail(Detail.FROM).map(Long::valueOf);
        boolean json = request.detail(Detail.JSON).isPresent();
        long told = from.map(number -> number - 1).orElseGet(commits::last);
        boolean first = from.isPresent();
        while (!stopping) {
            List<Commit> next = after(told);
            if (first && !next.isEmpty() && next.getFirst().number() > told + 1 && told >= 0) {
                answer.remark(
                        "the log begins with commit "
                                + next.getFirst().number()
                                + "; those before it are not kept");
            }
            first = false;
            for (Commit commit : next) {
                (json ? text.json(commit) : text.text(commit)).forEach(answer::result);
                told = commit.number();
            }
            answer.flush();
            if (next.isEmpty() && !running) {
                answer.remark("no service runs on this data folder; that is all there is so far");
                return;
            }
            if (next.isEmpty()) {
                await(told);
            }
        }
        answer.remark("the service stops; go on later with --from " + (told + 1));
    }

    /// Ends all that is being told.
    void stop() {
        stopping = true;
        commits.wake();
    }

    private List<Commit> after(long told) throws AdministrationException {
        try {
            return commits.after(told, AT_ONCE);
        } catch (StoreException e) {
            throw new AdministrationException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private void await(long told) {
        try {
            commits.await(told, QUIET);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
