package io.holdfast.agent.round;

import io.holdfast.agent.provider.Addresses;
import java.time.Instant;
import java.util.Optional;

/// What is to be done about one name now.
public sealed interface Decision {
    /// Nothing is to be sent: all is as it was sent, or there is no address to send.
    ///
    /// @param right whether every family that is watched has an address, and its provider has it
    /// @param warning for people: which address is seen and not sent, and why; empty as a rule
    record Nothing(boolean right, String why, String warning) implements Decision {
        Nothing(boolean right, String why) {
            this(right, why, "");
        }
    }

    /// To be sent now.
    ///
    /// @param why for people, to follow "address is now"
    /// @param warning for people: why it may not be what they want; empty as a rule
    record Send(Addresses addresses, Reason reason, String why, String warning)
            implements Decision {
        Send(Addresses addresses, Reason reason, String why) {
            this(addresses, reason, why, "");
        }
    }

    /// Why something is sent.
    enum Reason {
        /// The address changed. Counts for the damping of a line that flaps.
        CHANGE,
        /// The same change is sent again, or what is left of it.
        AGAIN,
        /// Nothing changed; the provider is not to forget the name.
        KEEP_ALIVE
    }

    /// The DNS is to be asked first whether these addresses are published already.
    record Confirm(Addresses addresses, String why) implements Decision {}

    /// Something is to be sent or asked, and not before then.
    ///
    /// @param settling whether it is our own restraint, because the address or the way out moves
    record Wait(Addresses addresses, Instant until, String why, boolean settling)
            implements Decision {
        Wait(Addresses addresses, Instant until, String why) {
            this(addresses, until, why, false);
        }
    }

    /// Nothing will be sent until a person acts, or for a long while.
    ///
    /// @param until when a changed address is sent again; empty if not before a person acts
    record Stopped(String word, String why, String mend, Optional<Instant> until)
            implements Decision {}
}
