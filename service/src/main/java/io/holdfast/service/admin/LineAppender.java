package io.holdfast.service.admin;

import java.util.function.Consumer;

/// Cuts what is appended into lines.
final class LineAppender implements Appendable {
    private final Consumer<String> lines;
    private final StringBuilder line = new StringBuilder();

    LineAppender(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public LineAppender append(CharSequence text) {
        return append(text, 0, text.length());
    }

    @Override
    public LineAppender append(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public LineAppender append(char c) {
        if (c == '\n') {
            lines.accept(line.toString());
            line.setLength(0);
        } else {
            line.append(c);
        }
        return this;
    }

    /// Hands on what stands after the last line feed, if anything.
    void end() {
        if (!line.isEmpty()) {
            append('\n');
        }
    }
}
