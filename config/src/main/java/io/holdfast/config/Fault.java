package io.holdfast.config;

import io.holdfast.runtime.OutsideText;

/// Something wrong in a file a person wrote, and where.
///
/// @param file the file as the person named it
/// @param line counted from 1
/// @param column counted from 1
/// @param text what is wrong, and the mend
public record Fault(String file, int line, int column, String text) implements Comparable<Fault> {
    private static final int LONGEST = 1000;

    /// The text may quote the file, which may come from somewhere else; so it is one line, and
    /// shows what cannot be seen as escapes.
    public Fault {
        text = OutsideText.printable(text, LONGEST);
    }

    /// `FILE:LINE:COLUMN: text`, the form editors jump to.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + text;
    }

    /// In the order of the file.
    @Override
    public int compareTo(Fault other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
