package io.holdfast.agent.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// Which process holds a state folder, as a note beside the lock: reading it disturbs nobody.
///
/// @param pid its number
/// @param start when it began, in milliseconds since 1970, 0 if the system does not tell: the
///   number alone may be another process's by now, in a container nearly always
record Holder(long pid, long start) {
    private static final String FILE = "holder";

    static Holder thisProcess() {
        return of(ProcessHandle.current());
    }

    /// Whoever is noted; empty if nobody, or if nobody can read it.
    static Optional<Holder> recorded(Path folder) {
        try {
            String[] fields = Files.readString(folder.resolve(FILE)).strip().split(" ", 2);
            return fields.length == 2
                    ? Optional.of(new Holder(Long.parseLong(fields[0]), Long.parseLong(fields[1])))
                    : Optional.empty();
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    boolean isThisProcess() {
        return equals(thisProcess());
    }

    /// Whether this very process still runs.
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> equals(of(process)))
                .isPresent();
    }

    void record(Path folder) throws IOException {
        AtomicFile.replace(
                folder.resolve(FILE), (pid + " " + start + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void erase(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    private static Holder of(ProcessHandle process) {
        return new Holder(
                process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }
}
