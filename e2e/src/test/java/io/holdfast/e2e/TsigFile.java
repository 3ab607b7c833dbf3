package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A TSIG key as `holdfast key add` prints it, and as the files that programs read.
record TsigFile(String name, String algorithm, String secret) {

    /// @param line `NAME ALGORITHM SECRET`
    static TsigFile of(String line) {
        String[] words = line.split(" ");
        if (words.length != 3) {
            throw new AssertionError("no key: " + line);
        }
        return new TsigFile(words[0], words[1], words[2]);
    }

    /// The same with another secret, as long.
    TsigFile wrong() {
        char first = secret.charAt(0) == 'A' ? 'B' : 'A';
        return new TsigFile(name, algorithm, first + secret.substring(1));
    }

    /// What `named.conf` and `nsupdate -k` take.
    String bind() {
        return "key \"%s\" { algorithm %s; secret \"%s\"; };\n".formatted(name, algorithm, secret);
    }

    /// What `knsupdate -k` takes.
    String knot() {
        return algorithm + ":" + name + ":" + secret + "\n";
    }

    /// A file of its own that only its owner may read.
    static Path write(Path folder, String content) {
        try {
            Path file =
                    Files.createTempFile(
                            folder,
                            "key",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
