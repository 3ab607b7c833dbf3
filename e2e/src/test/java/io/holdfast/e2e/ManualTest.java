package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `holdfast manual` writes, read by those it is for: man, bash and zsh.
class ManualTest {
    @TempDir static Path folder;

    @BeforeAll
    static void write() {
        String[] manual = {"manual", folder.toString()};
        Command.run(Distribution.command(manual).toArray(String[]::new)).mustSucceed();
    }

    @Test
    void manHasNothingToComplainOfInAnyPage() throws IOException {
        Tool.require("man");
        try (Stream<Path> pages = Files.list(folder.resolve("man/man1"))) {
            for (Path page : pages.toList()) {
                Command.Result shown =
                        Command.run(
                                Map.of("LC_ALL", "C.UTF-8", "MANPAGER", "cat"),
                                "man",
                                "--warnings",
                                "-l",
                                page.toString());
                assertThat(shown.mustSucceed().output())
                        .contains("SYNOPSIS", "OPTIONS")
                        .doesNotContain("warning", page.toString());
            }
        }
    }

    @Test
    void zshCompletesWhatIsTyped() throws IOException {
        Tool.require("zsh");
        Path rc = folder.resolve(".zshrc");
        Files.writeString(
                rc,
                """
                PS1= RPS1=
                unset zle_bracketed_paste
                fpath=(%s/zsh/site-functions $fpath)
                autoload -Uz compinit && compinit -u -D
                function show { print -r -- "<<$BUFFER>>"; BUFFER= }
                function zle-line-init { print -r -- "<<ready>>" }
                zle -N show
                zle -N zle-line-init
                bindkey '^X' show
                """
                        .formatted(folder));
        Path typing = folder.resolve("typing");
        Files.writeString(
                typing,
                """
                zmodload zsh/zpty
                zpty shell ZDOTDIR=%s TERM=dumb zsh -d -i
                zpty -r shell shown '*<<ready>>*'
                for words in "$@"; do
                    zpty -w -n shell "$words"$'\\t\\x18'
                    zpty -r shell shown '*<<*>>*'
                    print -r -- ${shown//$'\\r'}
                done
                zpty -d shell
                """
                        .formatted(folder));
        String shown =
                Command.run(
                                "zsh",
                                "-f",
                                typing.toString(),
                                "holdfast ho",
                                "holdfast host li",
                                "holdfast host add --acc",
                                "holdfast zone import dyn.test " + folder + "/typ",
                                "holdfast manual " + folder + "/zs")
                        .mustSucceed()
                        .output();
        assertThat(Pattern.compile("<<(.*)>>").matcher(shown).results().map(m -> m.group(1)))
                .containsExactly(
                        "holdfast host ",
                        "holdfast host list ",
                        "holdfast host add --account ",
                        "holdfast zone import dyn.test " + typing + " ",
                        "holdfast manual " + folder + "/zsh/");
        assertThat(shown).doesNotContain("command not found", "error");
    }
}
