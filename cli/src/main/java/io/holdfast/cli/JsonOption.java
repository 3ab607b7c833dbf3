package io.holdfast.cli;

import picocli.CommandLine.Option;

/// `--json`: the result as programs read it. The agent's commands have it too, and its process has
/// nothing of the service.
final class JsonOption {
    @Option(names = "--json", description = "As JSON, in a form that stays.")
    private boolean asked;

    boolean isAsked() {
        return asked;
    }
}
