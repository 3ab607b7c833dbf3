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
    abstract Request request() throws CannotException;

    /// The request, with its result as the person wants to have it.
    static Request in(JsonOption json, Request request) {
        return request.with(Detail.JSON, json.isAsked() ? Optional.of("") : Optional.empty());
    }

    /// Whether the data folder may be made for it.
    boolean mayBegin() {
        return false;
    }

    @Override
    public Integer call() throws FaultyFileException, CannotException {
        return ask(Terminal.of(spec));
    }

    final int ask(Terminal terminal) throws FaultyFileException, CannotException {
        Path folder = mayBegin() ? where.folder() : where.existingFolder();
        Request request = request();
        try {
            return new Administrator(folder).ask(request, terminal);
        } catch (StoreException | IOException failed) {
            throw new CannotException(String.valueOf(failed.getMessage()), failed);
        } finally {
            terminal.endProgress();
        }
    }

    /// The whole content of a file that the person named.
    static String content(Path file) throws CannotException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new CannotException("there is no file " + file, missing);
        } catch (CharacterCodingException notText) {
            throw new CannotException(file + " is not UTF-8 text", notText);
        } catch (IOException failed) {
            throw new CannotException("cannot read " + file + ": " + failed, failed);
        }
    }
}
