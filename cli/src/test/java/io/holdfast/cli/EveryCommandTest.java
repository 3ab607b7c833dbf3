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

    static Stream<List<String>> everyGroup() {
        return everyCommand()
                .filter(path ->
                        everyCommand()
                                .anyMatch(other ->
                                        other.size() > path.size()
                                                && other.subList(0, path.size()).equals(path)));
    }

    @ParameterizedTest
    @MethodSource("everyGroup")
    void aCommandThatIsNoneIsWrongUsageEvenIfHelpIsAskedFor(List<String> group) {
        for (List<String> words :
                List.of(List.of("bogus"), List.of("bogus", "--help"), List.of("--help", "bogus"))) {
            Run wrong = Run.holdfast(join(group, words).toArray(String[]::new)).endsWith(2);
            assertThat(wrong.out()).isEmpty();
            assertThat(wrong.err()).contains("bogus");
        }
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void helpIsACommandAsWell(List<String> command) {
        Run help = Run.holdfast(join(List.of("help"), command).toArray(String[]::new)).endsWith(0);
        assertThat(help.out()).isEqualTo(run(command, "--help").out());
    }

    /// As of a script's variable that is not set: it would be the working directory.
    @Test
    void anEmptyPathIsWrongUsage() {
        for (String[] words :
                new String[][] {
                    {"status", "--data", ""},
                    {"host", "list", "--config", ""},
                    {"agent", "status", "--config", ""},
                    {"manual", ""},
                    {"zone", "export", "dyn.test", ""}
                }) {
            assertThat(Run.holdfast(words).endsWith(2).err()).contains("a path cannot be empty");
        }
    }

    @Test
    void helpOnACommandThatIsNoneIsWrongUsage() {
        assertThat(Run.holdfast("help", "host", "bogus").endsWith(2).err()).contains("bogus");
    }

    @Test
    void theVersionIsACommandAsWell() {
        assertThat(Run.holdfast("version").endsWith(0).out())
                .isEqualTo(Run.holdfast("--version").out());
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
