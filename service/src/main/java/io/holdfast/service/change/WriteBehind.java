package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.Checkpoint;
import io.holdfast.service.store.Checkpoint.Trim;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hosts whose rows are older than what is known of them, and in which order they catch up; and how
/// much there is that nobody asks for any more.
///
/// An update is durable once its entry stands at the end of history; where the row of its host is,
/// is another place for each host, and to write it at once would cost more than all the rest. So
/// rows wait: until there is nothing else to do, or until too many wait or are too far behind. Then
/// all that wait by then are written in the order they have in the file, some at a time: neighbours
/// share a page.
final class WriteBehind {
    /// How many may wait.
    private static final int LEAST_BOUND = 65_536;

    /// Of a larger number of hosts, one in so many.
    private static final int SHARE = 4;

    /// How many changes they may be behind, for each that may wait: a start makes those again.
    private static final int CHANGES_EACH = 4;

    /// Old entries looked at for each that has outlived its turn: a sweep keeps up with what is
    /// added while no more than three quarters of what it looks at must stay.
    private static final int SWEPT_PER_OUTLIVED = 4;

    /// Old entries looked at for each row that is written, at the most: as many as outlive their
    /// turn when each change outlives one and half as many changes come as rows are written.
    private static final int SWEPT_PER_ROW = SWEPT_PER_OUTLIVED / 2;

    /// Old commits looked at for each that is added: the log becomes no longer, and a lowered bound
    /// is reached.
    private static final int TRIMMED_PER_COMMIT = 2;

    /// Old commits looked at in one transaction, at the most: each is a page of the file.
    private static final int MOST_TRIMMED = 1_024;

    private final Directory directory;
    private final Map<Name, Host> waiting = new HashMap<>();
    private List<Host> round = List.of();
    private int written;
    private int taken;
    private long mark;
    private long changes;
    private int sweep;

    /// How many of the oldest commits of the log are to be looked at.
    private int untrimmed;

    WriteBehind(Directory directory) {
        this.directory = directory;
    }

    /// Hosts that a batch changed, once that is committed, or that a start found.
    void add(Collection<Host> hosts) {
        for (Host host : hosts) {
            waiting.put(host.name(), host);
        }
        changes += hosts.size();
    }

    /// A commit makes something older worthless: in the history of its hosts, and in the log.
    void committed(Commit commit) {
        untrimmed = Math.min(untrimmed + TRIMMED_PER_COMMIT, LEAST_BOUND);
        for (Event event : commit.events()) {
            if (event instanceof Event.HostChanged change) {
                recorded(change.entry().host());
            }
        }
    }

    private void recorded(Host host) {
        if (host.activity().historyLength() > HistoryEntry.KEPT) {
            sweep = Math.min(sweep + SWEPT_PER_OUTLIVED, LEAST_BOUND);
        }
    }

    /// Whether nothing is left to be done.
    boolean isEmpty() {
        return waiting.isEmpty() && written == round.size() && sweep == 0 && untrimmed == 0;
    }

    /// Whether the next batches must take some along.
    boolean isDue() {
        int most = Math.max(LEAST_BOUND, directory.hosts().size() / SHARE);
        return written < round.size()
                || waiting.size() > most
                || changes > (long) CHANGES_EACH * most
                || sweep == LEAST_BOUND
                || untrimmed == LEAST_BOUND;
    }

    /// The next to be written.
    ///
    /// @param most how many rows at the most
    /// @param lastId the highest id given to anything that is committed
    /// @param now decides which commits are too old to be kept
    Checkpoint next(int most, long lastId, Instant now) {
        if (written == round.size() && !waiting.isEmpty()) {
            round = waiting.values().stream().sorted(Comparator.comparingLong(Host::id)).toList();
            written = 0;
            mark = lastId;
            waiting.clear();
            changes = 0;
        }
        taken = Math.min(most, round.size() - written);
        List<Host> hosts =
                round.subList(written, written + taken).stream()
                        .map(host -> directory.host(host.name()))
                        .flatMap(Optional::stream)
                        .toList();
        boolean isLast = taken > 0 && written + taken == round.size();
        Optional<Trim> trim =
                untrimmed == 0
                        ? Optional.empty()
                        : Optional.of(new Trim(Math.min(untrimmed, MOST_TRIMMED), now));
        return new Checkpoint(
                hosts, isLast ? mark : 0, Math.min(sweep, SWEPT_PER_ROW * most), trim, Map.of());
    }

    /// What [#next] gave is on disk.
    void isWritten(Checkpoint checkpoint) {
        sweep -= checkpoint.sweep();
        checkpoint.trim().ifPresent(trim -> untrimmed -= trim.commits());
        written += taken;
        taken = 0;
        if (written == round.size()) {
            round = List.of();
            written = 0;
        }
    }
}
