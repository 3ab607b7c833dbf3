package io.holdfast.agent.round;

import io.holdfast.agent.provider.Addresses;
import java.time.Instant;

/// What is to be done about one name now.
public sealed interface Decision {
    /// Nothing is to be told: all is as it was told, or there is no address to tell.
    ///
    /// @param right whether every family that is watched has an address, and its provider has it
    record Nothing(boolean right, String why) implements Decision {}

    /// To be told now.
    ///
    /// @param keepAlive whether it is told only so that the provider does not forget the name
    record Tell(Addresses addresses, boolean keepAlive, String why) implements Decision {}

    /// The DNS is to be asked first whether these addresses are published already.
    record Confirm(Addresses addresses, String why) implements Decision {}

    /// Something is to be told or asked, and not before then.
    record Wait(Addresses addresses, Instant until, String why) implements Decision {}

    /// Nothing will be told until a person acts.
    record Stopped(String word, String why, String mend) implements Decision {}
}
