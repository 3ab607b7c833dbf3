package io.holdfast.agent.address;

import java.util.ArrayList;
import java.util.List;

/// A text cut into words: blanks part them; `'...'` and `"..."` hold them together, and within the
/// latter a backslash makes the next character ordinary. No variables, no patterns: this is no
/// shell.
final class CommandWords {
    private final String text;
    private int at;

    private CommandWords(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException if a quote is not closed
    static List<String> of(String text) {
        return new CommandWords(text).all();
    }

    private List<String> all() {
        List<String> words = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return words;
            }
            words.add(word());
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            char c = text.charAt(at++);
            if (c == '\'' || c == '"') {
                quoted(c, word);
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private void quoted(char quote, StringBuilder word) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            boolean escape = c == '\\' && quote == '"' && at < text.length();
            word.append(escape ? text.charAt(at++) : c);
        }
        throw new IllegalArgumentException("a quote " + quote + " is not closed");
    }
}
