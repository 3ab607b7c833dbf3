package io.holdfast.agent;

import java.util.List;

/// What `agent status` knows.
///
/// @param running whether an agent works on this state folder now
public record AgentStatus(boolean running, List<NameStatus> names) {
    public AgentStatus {
        names = List.copyOf(names);
    }
}
