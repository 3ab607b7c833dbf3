package io.holdfast.agent.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a shell would act upon in a command that is run without one.
final class ShellWords {
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"");

    /// `&` and `;` stand in URLs as well, so they count only where they end a word.
    private static final Pattern OF_A_SHELL =
            Pattern.compile("\\|\\|?|&&|[<>`]|\\$[({A-Za-z_]|[;&](?=\\s|$)|(?<=^|\\s)~(?=/|\\s|$)");

    private ShellWords() {}

    /// @param command as it is written
    /// @param program its first word
    /// @throws IllegalArgumentException if it needs a shell, naming what for
    static void refuse(String command, String program) {
        Matcher found = OF_A_SHELL.matcher(QUOTED.matcher(command).replaceAll("''"));
        if (found.find()) {
            throw new IllegalArgumentException(
                    "`"
                            + found.group()
                            + "` is a shell's, and the program "
                            + program
                            + " is run without one; write command \"sh -c '...'\" with the whole"
                            + " line in place of the dots, or put it into a script");
        }
    }
}
