package io.holdfast.agent.address;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// One place where one family's address can be learnt.
public interface AddressSource {
    /// Looks once. Blocks up to the source's own documented time-out; may be interrupted.
    ///
    /// @param sent the address the provider was last sent, null if none: a source that sees several
    ///   equally good addresses stays with it, so that lifetimes that flicker move no name
    Observation look(@Nullable InetAddress sent);

    /// Runs `onChange` whenever the address may have changed, from any thread, possibly often; the
    /// caller debounces and looks again. A source without events of its own signals never, or when
    /// a route changes, and is polled.
    ///
    /// @return stops the signals when closed
    Watch watch(Runnable onChange);

    /// How often it wants to be looked at.
    Pace pace();

    /// Whether what it sees depends on which link the default route leaves by.
    default boolean followsDefaultRoute() {
        return false;
    }

    /// How the source is written in the configuration, as in `interface eth0`. For people alone.
    String describe();

    /// What one look saw.
    sealed interface Observation {
        /// @param how for people: which address of which interface, and why this one
        record Seen(InetAddress address, String how) implements Observation {}

        /// The source works and there is no usable address now.
        ///
        /// @param why for people: which addresses were passed over and for what
        record NoAddress(String why) implements Observation {}

        /// The source could not be asked; nothing is known.
        record Unavailable(String why) implements Observation {}
    }

    /// A running watch.
    interface Watch extends AutoCloseable {
        /// Whether changes are reported; if not, the caller polls.
        boolean hasEvents();

        @Override
        void close();
    }
}
