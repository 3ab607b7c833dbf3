package io.holdfast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast manual`: what a system's `man` and shells read, made from the commands themselves.
@Command(
        name = "manual",
        description = {
            "Writes manual pages and shell completion below a folder, such as /usr/local/share.",
            "Pages go to man/man1, completion for bash to bash-completion/completions and for zsh"
                    + " to zsh/site-functions."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ManualCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder; made if it is missing.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws CannotException {
        CommandLine all = spec.root().commandLine();
        try {
            pages(all, Files.createDirectories(folder.resolve("man/man1")));
            String bash = AutoComplete.bash("holdfast", all);
            write(folder.resolve("bash-completion/completions/holdfast"), bash);
            write(folder.resolve("zsh/site-functions/_holdfast"), zsh(bash));
            return 0;
        } catch (IOException failed) {
            throw new CannotException("cannot write below " + folder + ": " + failed, failed);
        }
    }

    private static void pages(CommandLine command, Path pages) throws IOException {
        String version = new Holdfast.Version().getVersion()[0];
        write(pages.resolve(ManualPage.name(command) + ".1"), ManualPage.of(command, version));
        for (CommandLine below : ManualPage.visible(command)) {
            pages(below, pages);
        }
    }

    /// zsh has functions of bash's own when it is asked to.
    private static String zsh(String bash) {
        return "#compdef holdfast\nautoload -U +X bashcompinit && bashcompinit\n" + bash;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
