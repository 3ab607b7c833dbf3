package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What holds for every command, whichever are added.
class EveryCommandTest {

    static Stream<List<String>> everyCommand() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return paths(Main.commandLine(nowhere, nowhere));
    }

    private static Stream<List<String>> paths(CommandLine command) {
        return Stream.concat(
                Stream.of(List.<String>of()),
                command.getSubcommands().entrySet().stream()
                        .flatMap(below ->
                                paths(below.getValue())
                                        .map(rest -> join(List.of(below.getKey()), rest))));
    }

    private static List<String> join(List<String> first, List<String> rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        return List.copyOf(all);
    }

    private static Run run(List<String> command, String option) {
        return Run.holdfast(join(command, List.of(option)).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void helpIsAResultAndTellsWhatTheCommandDoes(List<String> command) {
        Run help = run(command, "--help").endsWith(0);
        assertThat(help.out())
                .contains("Usage: " + String.join(" ", join(List.of("holdfast"), command)));
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void theVersionIsOneLine(List<String> command) {
        Run version = run(command, "--version").endsWith(0);
        assertThat(version.lines()).singleElement().asString().startsWith("holdfast ");
        assertThat(version.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void anUnknownOptionIsWrongUsageAndLeavesStandardOutputEmpty(List<String> command) {
        Run wrong = run(command, "--no-such-option").endsWith(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("holdfast: ").contains("--help");
    }

    @Test
    void noCommandAtAllIsWrongUsage() {
        assertThat(Run.holdfast().endsWith(2).err()).contains("Missing required subcommand");
    }

    /// So that no thread which is already there keeps a process that does nothing.
    @Test
    void aClassThatIsMissingEndsTheCommandAndSaysSo() {
        StringWriter err = new StringWriter();
        PrintWriter breaking =
                new PrintWriter(
                        new StringWriter() {
                            @Override
                            public void write(String text, int from, int length) {
                                throw new NoClassDefFoundError("io/holdfast/dns/Name");
                            }
                        });
        assertThat(Main.run(breaking, new PrintWriter(err, true), "--version")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("holdfast: this installation is incomplete or mixed")
                .contains("io/holdfast/dns/Name");
    }
}
