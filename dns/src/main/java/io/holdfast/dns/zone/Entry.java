package io.holdfast.dns.zone;

import java.util.List;
import java.util.stream.Collectors;

/// One entry of a master file: a line, or several within parentheses (RFC 1035 §5.1).
///
/// @param indented it begins with a blank: the owner is left out
/// @param words at least one
record Entry(boolean indented, List<Word> words) {

    /// A word of a master file, its escapes as they were.
    ///
    /// @param line where it begins, counted from 1
    /// @param column where it begins, counted from 1
    /// @param quoted it was between quotes, which are not part of the text
    record Word(int line, int column, String text, boolean quoted) {
        /// As it may stand in a master file.
        String source() {
            return quoted ? "\"" + text + "\"" : text;
        }
    }

    /// The words from `from` on as text of one line.
    String source(int from) {
        return words.subList(from, words.size()).stream()
                .map(Word::source)
                .collect(Collectors.joining(" "));
    }
}
