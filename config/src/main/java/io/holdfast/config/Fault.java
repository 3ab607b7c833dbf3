package io.holdfast.config;

/// Something wrong in a file a person wrote, and where.
///
/// @param file the file as the person named it
/// @param line counted from 1
/// @param column counted from 1
/// @param text what is wrong, and the mend
public record Fault(String file, int line, int column, String text) implements Comparable<Fault> {

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
