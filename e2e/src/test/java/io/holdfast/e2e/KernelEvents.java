package io.holdfast.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel says about the addresses of a namespace, and when: the word of `ip monitor`,
/// which is not ours.
final class KernelEvents implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("\\[([0-9T:.-]+)\\] ?(.*)");

    record Event(Instant at, String text) {}

    private final Process monitor;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    KernelEvents(Namespace namespace) {
        try {
            monitor =
                    new ProcessBuilder(namespace.inside("ip", "-ts", "-o", "monitor", "address"))
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    List<Event> all() {
        return events;
    }

    /// When it last said that an address of IPv4 is there.
    ///
    /// @throws AssertionError if it never did
    Instant lastSeen(String address) {
        return events.reversed().stream()
                .filter(event -> !event.text.contains("Deleted"))
                .filter(event -> event.text.contains(" " + address + "/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(address + " is not among " + events))
                .at;
    }

    @Override
    public void close() {
        monitor.destroy();
    }

    private void read() {
        try (BufferedReader lines = monitor.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    LocalDateTime at = LocalDateTime.parse(parts.group(1));
                    events.add(
                            new Event(
                                    at.atZone(ZoneId.systemDefault()).toInstant(), parts.group(2)));
                }
            }
        } catch (IOException e) {
            events.add(new Event(Instant.EPOCH, "the monitor ended: " + e));
        }
    }
}
