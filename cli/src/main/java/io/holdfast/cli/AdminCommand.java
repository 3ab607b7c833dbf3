package io.holdfast.cli;

import io.holdfast.config.FaultyFileException;
import io.holdfast.service.admin.Administrator;
import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import io.holdfast.service.store.StoreException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that has something done on a data folder, whether a service runs there or not.
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
abstract class AdminCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin DataOptions where;

    /// What is to be done.
    abstract Request request() throws CommandFailedException;

    /// The request, with its result as the person wants to have it.
    static Request in(JsonOption json, Request request) {
        return request.with(Detail.JSON, json.isAsked() ? Optional.of("") : Optional.empty());
    }

    /// Whether the data folder may be made for it.
    boolean mayBegin() {
        return false;
    }

    @Override
    public Integer call() throws FaultyFileException, CommandFailedException {
        return ask(Terminal.of(spec));
    }

    final int ask(Terminal terminal) throws FaultyFileException, CommandFailedException {
        Path folder = mayBegin() ? where.folder() : where.existingFolder();
        Request request = request();
        try {
            return new Administrator(folder).ask(request, terminal);
        } catch (StoreException | IOException failed) {
            throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
        } finally {
            terminal.endProgress();
        }
    }

    /// The whole content of a file that the person named.
    static String content(Path file) throws CommandFailedException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new CommandFailedException("there is no file " + file, missing);
        } catch (CharacterCodingException notText) {
            throw new CommandFailedException(file + " is not UTF-8 text", notText);
        } catch (IOException failed) {
            throw new CommandFailedException("cannot read " + file + ": " + failed, failed);
        }
    }
}
