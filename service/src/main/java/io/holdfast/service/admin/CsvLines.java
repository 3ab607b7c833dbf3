package io.holdfast.service.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Comma-separated values line by line (RFC 4180): fields may stand in double quotes, a quote in
/// them is written twice. Empty lines and a byte order mark are passed over.
final class CsvLines {
    /// @param line counted from 1
    /// @param column counted from 1
    record Field(String text, int line, int column) {}

    /// @param fields at least one
    /// @param fault why the line cannot be trusted, if so
    record Line(List<Field> fields, Optional<String> fault) {}

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    CsvLines(String text) {
        this.text = text;
        if (text.startsWith("\uFEFF")) {
            at = 1;
            lineStart = 1;
        }
    }

    /// The next line that is not empty; empty at the end.
    Optional<Line> next() {
        while (at < text.length() && isLineEnd(text.charAt(at))) {
            skipLineEnd();
        }
        if (at >= text.length()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        Optional<String> fault = Optional.empty();
        while (true) {
            int column = at - lineStart + 1;
            int startLine = line;
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            String value = quoted ? quoted() : bare();
            fields.add(new Field(value, startLine, column));
            if (quoted && at < text.length() && !endsField(text.charAt(at))) {
                fault = Optional.of("something stands between a closing quote and the next comma");
                bare();
            }
            if (at >= text.length() || text.charAt(at) != ',') {
                break;
            }
            at++;
        }
        if (unclosed) {
            fault = Optional.of("a quote is opened and never closed");
        }
        skipLineEnd();
        return Optional.of(new Line(fields, fault));
    }

    private boolean unclosed;

    private String bare() {
        int start = at;
        while (at < text.length() && !endsField(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                if (at >= text.length() || text.charAt(at) != '"') {
                    return value.toString();
                }
            } else if (c == '\n') {
                line++;
                lineStart = at + 1;
            }
            value.append(c);
        }
        unclosed = true;
        return value.toString();
    }

    private void skipLineEnd() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        lineStart = at;
    }

    private static boolean endsField(char c) {
        return c == ',' || isLineEnd(c);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
