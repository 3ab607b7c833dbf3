package io.holdfast.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One scenario of `rfc2136.txt`, whose head tells how it is written.
///
/// @param zone in which it happens; in the text it is `$`
record UpdateScenario(String title, String zone, List<Step> steps) {
    private static final Pattern SEND = Pattern.compile("-> (\\w+)(?: \\+([01]))?");
    private static final Pattern LOOK = Pattern.compile("(\\S+) (\\w+) =(.*)");

    sealed interface Step {
        /// A message and its answer.
        ///
        /// @param serial by how much the zone's serial grows, where that is told
        record Send(String script, String rcode, OptionalInt serial) implements Step {}

        /// What DNS answers.
        record Look(String name, String type, List<String> records) implements Step {}
    }

    static List<UpdateScenario> all() {
        List<UpdateScenario> all = new ArrayList<>();
        for (String text : resource().split("(?m)^== ")) {
            if (!all.isEmpty() || !text.startsWith("#")) {
                all.add(read(text, "s" + all.size() + ".test"));
            }
        }
        return all;
    }

    private static UpdateScenario read(String text, String zone) {
        List<String> lines = text.replace("$", zone + ".").lines().toList();
        List<Step> steps = new ArrayList<>();
        StringBuilder message = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            Optional<Step> step = step(line, message.toString());
            if (step.isPresent()) {
                steps.add(step.get());
                message.setLength(0);
            } else if (!line.isBlank()) {
                message.append(line).append('\n');
            }
        }
        if (!message.isEmpty()) {
            throw new IllegalStateException("nothing comes of: " + message);
        }
        return new UpdateScenario(text.lines().findFirst().orElseThrow(), zone, steps);
    }

    private static Optional<Step> step(String line, String message) {
        Matcher send = SEND.matcher(line);
        if (send.matches()) {
            OptionalInt serial =
                    send.group(2) == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(send.group(2)));
            return Optional.of(new Step.Send(message, send.group(1), serial));
        }
        Matcher look = LOOK.matcher(line);
        if (look.matches() && message.isEmpty()) {
            List<String> records =
                    Arrays.stream(look.group(3).split(" \\| "))
                            .map(String::strip)
                            .filter(record -> !record.isEmpty())
                            .toList();
            return Optional.of(new Step.Look(look.group(1), look.group(2), records));
        }
        return Optional.empty();
    }

    private static String resource() {
        try (InputStream in = UpdateScenario.class.getResourceAsStream("/rfc2136.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For the test's display name.
    @Override
    public String toString() {
        return title;
    }
}
