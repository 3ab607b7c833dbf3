package io.holdfast.cli;

import io.holdfast.config.FaultyFileException;
import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `holdfast watch`: the service's log of events, as it grows.
@Command(
        name = "watch",
        description = {
            "Prints every event as it is committed, one a line, until it is interrupted.",
            "All events of one commit have its number."
        })
final class WatchCommand extends AdminCommand {
    @Option(
            names = "--from",
            paramLabel = "NUMBER",
            description = "Begin with the commit of this number; without it, with the next one.")
    private @Nullable Long from;

    @Option(names = "--json", description = "An object a line.")
    private boolean json;

    @Override
    Request request() {
        return Request.of(Verb.WATCH)
                .with(Detail.FROM, Optional.ofNullable(from).map(Object::toString))
                .with(Detail.JSON, json ? Optional.of("") : Optional.empty());
    }

    @Override
    public Integer call() throws FaultyFileException, CommandFailedException {
        if (from != null && from < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--from takes the number of a commit, from 1 on");
        }
        try {
            return super.call();
        } catch (UncheckedIOException closed) {
            return 0; // such as `holdfast watch | head`
        }
    }
}
