package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// nsupdate or knsupdate, which read their updates from a script.
enum UpdateTool {
    NSUPDATE("nsupdate"),
    KNSUPDATE("knsupdate");

    private static final Pattern STATUS = Pattern.compile("status: (\\w+)");

    private final String program;

    UpdateTool(String program) {
        this.program = program;
    }

    String program() {
        return program;
    }

    /// What the program understood.
    ///
    /// @param done whether it believes that the update is made
    /// @param rcode of the answer; empty if it takes none for one
    /// @param words everything it said
    record Report(boolean done, String rcode, String words) {}

    /// Signs with a key, or does not if it is null.
    ///
    /// @param script lines of one message, without `server` and `send`
    /// @param more options
    Report send(
            Namespace inside,
            Path folder,
            int port,
            @Nullable TsigFile key,
            String script,
            String... more) {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(List.of(more));
        if (key != null) {
            String content = this == NSUPDATE ? key.bind() : key.knot();
            words.addAll(List.of("-k", TsigFile.write(folder, content).toString()));
        }
        words.add(
                file(
                        folder,
                        "server 127.0.0.1 %d\n%s\nsend\nanswer\n".formatted(port, script.strip())));
        Command.Result result = inside.run(words.toArray(String[]::new));
        Matcher status = STATUS.matcher(result.output());
        return new Report(
                result.status() == 0, status.find() ? status.group(1) : "", result.output());
    }

    private static String file(Path folder, String script) {
        try {
            return Files.writeString(Files.createTempFile(folder, "update", ""), script).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
