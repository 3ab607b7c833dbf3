package io.holdfast.agent.round;

import io.holdfast.agent.address.Family;
import java.util.Set;

/// Asks the DNS what it publishes for a name.
public interface Lookup {
    /// Blocks up to the implementation's own bound.
    Published ask(String name, Set<Family> families);
}
