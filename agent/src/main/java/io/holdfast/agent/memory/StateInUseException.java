package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.file.Path;

/// Another agent works on the state folder.
public final class StateInUseException extends IOException {
    public StateInUseException(Path folder) {
        super(
                "another agent works on "
                        + folder
                        + "; stop it first, or give this one a state folder of its own");
    }
}
