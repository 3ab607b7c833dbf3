package io.holdfast.service.dyndns;

import io.holdfast.service.change.HostNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which dialect a request speaks: one ordered table. Where several share a path, the first that
/// recognises the request has it (update-protocol §2).
///
/// To look at a path costs one or two look-ups of text, whatever the number of dialects: every
/// request of the HTTP front passes here.
public final class Dialects {
    private final List<Dialect> ordered;
    private final Map<String, List<Dialect>> byPath = new HashMap<>();

    Dialects(List<Dialect> ordered) {
        this.ordered = List.copyOf(ordered);
        for (Dialect dialect : ordered) {
            for (String path : dialect.paths()) {
                byPath.computeIfAbsent(path, _ -> new ArrayList<>()).add(dialect);
            }
        }
    }

    /// All that there are. dyndns2 takes whatever comes on its paths, so it is the last.
    ///
    /// @param hosts what the dialects ask about hosts
    public static Dialects all(HostNames hosts) {
        return new Dialects(List.of(new DuckDns(hosts), new Dyndns2()));
    }

    List<Dialect> ordered() {
        return ordered;
    }

    /// Whether a path, without doubled slashes and a last one, may be one of an update.
    public boolean mayTake(String path) {
        return !on(path).isEmpty();
    }

    /// The dialect of a request; empty if it is no update.
    public Optional<Dialect> of(UpdateRequest request) {
        for (Dialect dialect : on(request.path())) {
            if (dialect.recognises(request)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    private List<Dialect> on(String path) {
        List<Dialect> exactly = byPath.get(path);
        if (exactly != null) {
            return exactly;
        }
        int end = path.indexOf('/', 1);
        return end < 0
                ? List.of()
                : byPath.getOrDefault(path.substring(0, end + 1) + "*", List.of());
    }
}
