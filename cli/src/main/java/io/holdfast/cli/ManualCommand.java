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
    public Integer call() throws CommandFailedException {
        CommandLine all = spec.root().commandLine();
        try {
            pages(all, Files.createDirectories(folder.resolve("man/man1")));
            String bash = AutoComplete.bash("holdfast", all);
            write(folder.resolve("bash-completion/completions/holdfast"), bash);
            write(folder.resolve("zsh/site-functions/_holdfast"), zsh(bash));
            return 0;
        } catch (IOException failed) {
            throw new CommandFailedException(
                    "cannot write below " + folder + ": " + failed, failed);
        }
    }

    private static void pages(CommandLine command, Path pages) throws IOException {
        String version = new Holdfast.Version().getVersion()[0];
        write(pages.resolve(ManualPage.name(command) + ".1"), ManualPage.of(command, version));
        for (CommandLine below : ManualPage.visible(command)) {
            pages(below, pages);
        }
    }

    /// zsh runs bash's completion functions when it is asked to. It reads this file as the body of
    /// a function that completes. Files it completes better by itself.
    private static String zsh(String bash) {
        String functions =
                bash.replace("alias compopt=complete\n", ":\n")
                        .replaceAll("(?m)^complete -F .*$", "");
        return """
        #compdef holdfast
        autoload -U +X bashcompinit && bashcompinit
        %s
        function _holdfast_words {
          local files= others=$functions[compopt]
          function compopt { [[ $2 != filenames ]] || files=1 }
          _complete_holdfast "$@"
          unfunction compopt
          [[ -z $others ]] || functions[compopt]=$others
          [[ -z $files ]] || COMPREPLY=()
        }
        _bash_complete -o default -F _holdfast_words
        """
                .formatted(functions);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
