package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Manual pages and completion, made from the commands.
class ManualCommandTest {
    @TempDir Path folder;

    @Test
    void everyCommandHasAPageAndTheShellsKnowThem() throws Exception {
        Run.holdfast("manual", folder.toString()).endsWith(0);

        assertThat(folder.resolve("man/man1/holdfast-host-secret.1"))
                .content()
                .startsWith(".TH \"HOLDFAST-HOST-SECRET\" 1 ")
                .contains(
                        ".SH NAME\nholdfast\\-host\\-secret \\- Gives a host another secret;",
                        ".SH SYNOPSIS\nholdfast host secret ",
                        "\\fB\\-\\-overlap TIME\\fR\nHow long the old one may stay good")
                .doesNotContain("%n", "@|");
        assertThat(folder.resolve("man/man1/holdfast.1"))
                .content()
                .contains("\\fBholdfast\\-host\\fR(1)")
                .doesNotContain("rehearse");
        assertThat(folder.resolve("bash-completion/completions/holdfast"))
                .content()
                .contains("secret", "--overlap");
        assertThat(folder.resolve("zsh/site-functions/_holdfast"))
                .content()
                .startsWith("#compdef holdfast\n");
    }

    /// Bash itself says what it would offer after `holdfast host li` and the like.
    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        Run.holdfast("manual", folder.toString()).endsWith(0);
        assertThat(offered("holdfast", "ho")).containsExactly("host");
        assertThat(offered("holdfast", "host", "li")).containsExactly("list");
        assertThat(offered("holdfast", "host", "add", "--acc")).containsExactly("--account");
    }

    private List<String> offered(String... words) throws Exception {
        String last = Integer.toString(words.length - 1);
        Process bash =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                ". bash-completion/completions/holdfast; COMP_WORDS=("
                                        + String.join(" ", words)
                                        + "); COMP_CWORD="
                                        + last
                                        + "; _complete_holdfast; printf '%s\\n' ${COMPREPLY[@]}")
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String reply = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return reply.lines().toList();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(Run.holdfast("manual", file.toString()).endsWith(1).err())
                .startsWith("holdfast: cannot write below " + file);
    }
}
