package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.file.Path;

/// A later version of Holdfast wrote this memory, and we must not guess what it means.
public final class NewerMemoryException extends IOException {
    NewerMemoryException(Path file, String version) {
        super(
                file
                        + " was written by a later Holdfast (memory version "
                        + version
                        + ", we know 1); run that one, or move the file away");
    }
}
