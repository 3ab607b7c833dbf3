package io.holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.tomlj.TomlParseError;

/// What is no TOML, told to somebody who may never have seen TOML before.
///
/// One fault a line: behind the first of them the parser guesses. No fault quotes the value of a
/// key that may be a secret.
final class SyntaxFaults {
    private static final Pattern SECRET =
            Pattern.compile("(?i)password|secret|token|key|://[^\\s/]*@");
    private static final Pattern KEY = Pattern.compile("\\s*[\\w.\"'-]+\\s*=\\s*");

    private final List<String> lines;
    private final String file;

    SyntaxFaults(String text, String file) {
        this.lines = text.lines().toList();
        this.file = file;
    }

    /// @param errors in the order of the file
    List<Fault> of(List<TomlParseError> errors) {
        List<Fault> faults = new ArrayList<>();
        for (TomlParseError error : errors) {
            int line = error.position().line();
            if (faults.isEmpty() || faults.getLast().line() != line) {
                String written = line <= lines.size() ? lines.get(line - 1) : "";
                String said = String.valueOf(error.getMessage());
                if (SECRET.matcher(written).find()) {
                    said =
                            said.replaceFirst(
                                    "(?s)^Unexpected '.*?'(?=, expected|$)", "Unexpected text");
                }
                faults.add(new Fault(file, line, error.position().column(), said + mend(written)));
            }
        }
        return faults;
    }

    /// What the line probably should have been; empty if it cannot be guessed.
    private static String mend(String line) {
        String value = KEY.matcher(line).replaceFirst("");
        if (value.equals(line)) {
            return line.contains(":") && !line.contains("=") ? "; write key = \"value\"" : "";
        }
        if (value.startsWith("“") || value.startsWith("„") || value.startsWith("”")) {
            return "; these are typographic quotes, write plain ones: \"";
        }
        if (value.startsWith("\"") && value.matches("\"[^\"]*\\\\[^btnfreux\"\\\\].*")) {
            return "; in \"...\" a backslash is written twice, in '...' once";
        }
        if (value.matches(
                "\"[^\"]*\"[^\\s#,\\]}].*|'[^']*'[^\\s#,\\]}].*|\"[^\"]*\" +[^#,\\]} ].*")) {
            return "; a value ends at its second quote, write '...' around what has \" in it";
        }
        if (!value.matches("[\"'\\[{0-9+-].*|true.*|false.*")) {
            return "; a text is written in quotes: key = \"value\"";
        }
        return "";
    }
}
