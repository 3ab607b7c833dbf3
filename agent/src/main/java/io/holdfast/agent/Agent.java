package io.holdfast.agent;

import io.holdfast.agent.memory.StateInUseException;
import io.holdfast.agent.round.RoundListener;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// The agent as a whole: keeps every configured name at its address until it is closed.
public final class Agent implements AutoCloseable {
    private Agent() {}

    /// Starts keeping every name, each on its own virtual thread.
    ///
    /// @param listeners hear every step; the log is one of them only if it is among them
    /// @throws StateInUseException if another agent works on the state folder
    /// @throws IOException if the state folder cannot be used, naming it
    public static Agent start(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /// One round of every name, each by itself and all at once; for `--once`.
    ///
    /// @return how the names stand afterwards, in the order of the configuration
    /// @throws StateInUseException if another agent works on the state folder
    /// @throws IOException if the state folder cannot be used, naming it
    public static List<NameStatus> runOnce(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /// What a round would do, and why. Looks at every source; sends nothing, writes nothing, and
    /// works while an agent runs.
    ///
    /// @throws IOException if the memory is there and cannot be read
    public static List<NameStatus> dryRun(AgentConfig config, InstantSource clock)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /// How every name stands, by the memory; works while an agent runs. Sources that ask others or
    /// run commands are not looked at.
    ///
    /// @throws IOException if the memory is there and cannot be read
    public static AgentStatus status(AgentConfig config, InstantSource clock) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Drops what is remembered about one name, so that a stop ends and its address is told anew. A
    /// running agent does so within a second or two.
    ///
    /// @return whether anything was remembered
    /// @throws IllegalArgumentException if no such name is configured, naming those that are
    /// @throws IOException if the state folder cannot be used, naming it
    public static boolean forget(AgentConfig config, String name) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Has every name look again now.
    public void nudge() {
        throw new UnsupportedOperationException();
    }

    /// Finishes a telling that is under way, bounded by 8 s, and stops. Sends nothing new.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
