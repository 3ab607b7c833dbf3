package io.holdfast.agent.round;

import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.DefaultRoutes.NextHop;
import io.holdfast.agent.address.Family;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the default routes leave, and whether they just moved to other links.
///
/// While one connection takes over from another, or a tunnel is brought up, the route may pass by a
/// third link for a moment. What is seen there is sent only when the route has stayed for a while.
/// One that comes back to the link it had is not on the move: a modem that redials gets its address
/// sent at once. For one thread.
final class RouteTracker {
    /// How long a route has to stay on another link.
    static final Duration SETTLING = Duration.ofSeconds(3);

    private final DefaultRoutes routes;
    private final Map<Family, String> last = new EnumMap<>(Family.class);
    private final Map<Family, Instant> settled = new EnumMap<>(Family.class);
    private Optional<Map<Family, NextHop>> now = Optional.empty();

    RouteTracker(DefaultRoutes routes) {
        this.routes = routes;
    }

    /// Looks where the routes leave now.
    void look(Instant at) {
        try {
            now = Optional.of(routes.nextHops());
        } catch (IOException unknown) {
            now = Optional.empty();
        }
        now.orElse(Map.of())
                .forEach((family, hop) -> {
                    String before = last.put(family, hop.link());
                    if (before != null && !before.equals(hop.link())) {
                        settled.put(family, at.plus(SETTLING));
                    }
                });
        // Measured from a look of ours: later than that the clock was set back.
        settled.values().removeIf(end -> !end.isAfter(at) || end.isAfter(at.plus(SETTLING)));
    }

    /// Of the families whose route just moved, when that counts as settled.
    Map<Family, Instant> moving() {
        return Map.copyOf(settled);
    }

    /// As text, to be compared; empty if it is not known.
    String text() {
        return now.map(hops ->
                        hops.isEmpty()
                                ? "none"
                                : hops.entrySet().stream()
                                        .map(one -> one.getKey() + " " + one.getValue())
                                        .collect(Collectors.joining(", ")))
                .orElse("");
    }
}
