package io.holdfast.cli;

import io.holdfast.config.FaultyFileException;
import io.holdfast.service.admin.Answer;
import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `holdfast zone`: zones and the operator's own records in them.
@Command(
        name = "zone",
        description = "Zones, and the operator's own records in them.",
        subcommands = {
            ZoneCommand.Add.class,
            ZoneCommand.Remove.class,
            ZoneCommand.Import.class,
            ZoneCommand.Export.class,
            ZoneCommand.Reload.class,
            ZoneCommand.All.class,
            ZoneCommand.Status.class
        })
final class ZoneCommand {

    @Command(
            name = "add",
            description =
                    "Serves zones from now on, with the usual policy. What the configuration says"
                            + " of them later holds.")
    static final class Add extends AboutZones {
        @Override
        Request request() {
            return Request.of(Verb.ZONE_ADD, names());
        }

        @Override
        boolean mayBegin() {
            return true;
        }
    }

    @Command(
            name = "remove",
            description =
                    "Takes zones away, with the operator's own records in them. A zone that has"
                            + " hosts stays.")
    static final class Remove extends AboutZones {
        @Override
        Request request() {
            return Request.of(Verb.ZONE_REMOVE, names());
        }
    }

    /// A command about zones that it names.
    abstract static class AboutZones extends AdminCommand {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "The zones.")
        private List<String> names = new ArrayList<>();

        final List<String> names() {
            return names;
        }
    }

    @Command(
            name = "import",
            description =
                    "Replaces the operator's own records of a zone by those of a master file (RFC"
                            + " 1035), all or nothing, served at once. Hosts stay.")
    static final class Import extends AdminCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The zone.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "The master file.")
        private Path file = Path.of("");

        @Override
        Request request() throws CommandFailedException {
            return Request.of(Verb.ZONE_IMPORT, name)
                    .with(Detail.FILE, file.toString())
                    .withBody(content(file));
        }
    }

    @Command(
            name = "export",
            description =
                    "Writes a zone as it is served, hosts and all, as a master file; to standard"
                            + " output if no file is named.")
    static final class Export extends AdminCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The zone.")
        private String name = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "FILE",
                description = "What to write; replaced whole or not at all.")
        private @Nullable Path file;

        @Override
        Request request() {
            return Request.of(Verb.ZONE_EXPORT, name);
        }

        @Override
        public Integer call() throws FaultyFileException, CommandFailedException {
            return file == null ? super.call() : exportTo(file);
        }

        /// What is there stays what it is: a link leads to the new file, a device or folder is
        /// refused.
        private int exportTo(Path named) throws FaultyFileException, CommandFailedException {
            if (Files.exists(named) && !Files.isRegularFile(named)) {
                throw new CommandFailedException(
                        named
                                + " is there and is no regular file; without a FILE the zone goes"
                                + " to standard output");
            }
            Path whole = real(named);
            Path part = whole.resolveSibling(whole.getFileName() + ".part");
            try {
                int code;
                try (PrintWriter lines =
                        new PrintWriter(Files.newBufferedWriter(part, StandardCharsets.UTF_8))) {
                    code = ask(Terminal.of(lines, spec));
                    if (lines.checkError()) {
                        throw new IOException("not everything could be written");
                    }
                }
                if (code == Answer.DONE) {
                    Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
                }
                return code;
            } catch (IOException failed) {
                throw new CommandFailedException("cannot write " + whole + ": " + failed, failed);
            } finally {
                remove(part);
            }
        }

        private static Path real(Path named) throws CommandFailedException {
            try {
                return Files.exists(named) ? named.toRealPath() : named;
            } catch (IOException failed) {
                throw new CommandFailedException("cannot write " + named + ": " + failed, failed);
            }
        }

        private void remove(Path part) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException failed) {
                spec.commandLine().getErr().println("cannot remove " + part + ": " + failed);
            }
        }
    }

    @Command(
            name = "reload",
            description = {
                "Has the service read its configuration again, and the master files that this names as"
                        + " `records`: zones, transfers and the catalog are from now on as they say."
                        + " With names, or while no service runs, reads these zones' master files"
                        + " only.",
                "A fault in any of them, or a conflict with a host, and nothing is taken."
            })
    static final class Reload extends AdminCommand {
        @Parameters(
                arity = "0..*",
                paramLabel = "NAME",
                description = "The zones (else every one that has a master file).")
        private List<String> names = new ArrayList<>();

        @Override
        Request request() {
            return Request.of(Verb.ZONE_RELOAD, names);
        }
    }

    @Command(name = "list", description = "Prints every zone and its serial, one a line.")
    static final class All extends AdminCommand {
        @Mixin private JsonOption json = new JsonOption();

        @Override
        Request request() {
            return in(json, Request.of(Verb.ZONE_LIST));
        }
    }

    @Command(
            name = "status",
            description = {
                "Prints how far each secondary server is with a zone, or with every zone, one a"
                        + " line.",
                "Known since the service started; only while it runs."
            })
    static final class Status extends AdminCommand {
        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The zone.")
        private @Nullable String name;

        @Mixin private JsonOption json = new JsonOption();

        @Override
        Request request() {
            Request request =
                    name == null
                            ? Request.of(Verb.ZONE_STATUS)
                            : Request.of(Verb.ZONE_STATUS, name);
            return in(json, request);
        }
    }
}
