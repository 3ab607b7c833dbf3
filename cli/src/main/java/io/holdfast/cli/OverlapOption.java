package io.holdfast.cli;

import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--overlap`: how long a secret stays good beside its successor.
final class OverlapOption {
    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the old one may stay good (7d; 0s: not at all).")
    private @Nullable String overlap;

    /// Asks for it, if the person did.
    Request on(Request request) {
        return request.with(Detail.OVERLAP, Optional.ofNullable(overlap));
    }
}
