package io.holdfast.dns.zone;

import java.io.IOException;
import java.io.Reader;

/// Where the files are that a master file includes (RFC 1035 §5.1). Which of them may be read is
/// the implementer's to decide.
@FunctionalInterface
public interface Includes {
    /// Nothing can be included.
    Includes NONE =
            (_, _) -> {
                throw new IOException(
                        "no file can be included here; put its records in its place, or name this"
                                + " file as `records` in the configuration");
            };

    /// @param file how people know it; the same file has the same name each time
    /// @param text closed by the reader
    record Included(String file, Reader text) {}

    /// Opens a file.
    ///
    /// @param name as it stands after `$INCLUDE`
    /// @param from the included file in which it stands; empty for the first
    /// @throws IOException with a sentence for people
    Included open(String name, String from) throws IOException;
}
