package io.holdfast.dns.zone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a master file into entries and these into words: knows comments, quotes, escapes and
/// parentheses (RFC 1035 §5.1), and nothing of what the words mean.
///
/// An entry with a fault is told and left out, and reading goes on at the next line.
final class EntryLexer {
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final BufferedReader text;
    private final List<MasterFile.Fault> faults;
    private int line = 1;
    private int column;
    private int c;

    private final List<Entry.Word> words = new ArrayList<>();
    private boolean broken;

    EntryLexer(Reader text, List<MasterFile.Fault> faults) throws IOException {
        this.text = new BufferedReader(text);
        this.faults = faults;
        advance();
        if (c == BYTE_ORDER_MARK) { // some editors put one before UTF-8
            column = 0;
            advance();
        }
    }

    /// The next entry with a word in it, or null after the last.
    @Nullable Entry next() throws IOException {
        while (c != END) {
            boolean indented = isBlank();
            words.clear();
            broken = false;
            readEntry();
            if (!words.isEmpty() && !broken) {
                return new Entry(indented, List.copyOf(words));
            }
        }
        return null;
    }

    private void readEntry() throws IOException {
        int depth = 0;
        int openLine = 0;
        int openColumn = 0;
        while (c != END) {
            switch (c) {
                case ' ', '\t', '\r' -> advance();
                case ';' -> skipComment();
                case '"' -> quoted();
                case '(' -> {
                    if (depth++ == 0) {
                        openLine = line;
                        openColumn = column;
                    }
                    advance();
                }
                case ')' -> {
                    if (depth == 0) {
                        fault(line, column, "a \")\" without its \"(\"; take it out");
                    } else {
                        depth--;
                    }
                    advance();
                }
                case '\n' -> {
                    advance();
                    if (depth == 0) {
                        return;
                    }
                }
                default -> word();
            }
        }
        if (depth > 0) {
            fault(openLine, openColumn, "this \"(\" is never closed; put a \")\" after the record");
        }
    }

    private void word() throws IOException {
        int startLine = line;
        int startColumn = column;
        StringBuilder word = new StringBuilder();
        while (c != END && c != '\n' && !isBlank() && "();\"".indexOf(c) < 0) {
            escapedOrPlain(word);
        }
        words.add(new Entry.Word(startLine, startColumn, word.toString(), false));
    }

    private void quoted() throws IOException {
        int startLine = line;
        int startColumn = column;
        StringBuilder word = new StringBuilder();
        advance();
        while (c != '"') {
            if (c == END || c == '\n') {
                fault(startLine, startColumn, "this quote is not closed on its line; add a \"");
                return;
            }
            escapedOrPlain(word);
        }
        advance();
        words.add(new Entry.Word(startLine, startColumn, word.toString(), true));
    }

    /// Takes one character, and with a backslash the one after it, whatever it is.
    private void escapedOrPlain(StringBuilder word) throws IOException {
        boolean escape = c == '\\';
        word.append((char) c);
        advance();
        if (escape && c != END && c != '\n') {
            word.append((char) c);
            advance();
        }
    }

    private void skipComment() throws IOException {
        while (c != END && c != '\n') {
            advance();
        }
    }

    private boolean isBlank() {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private void fault(int atLine, int atColumn, String reason) {
        faults.add(new MasterFile.Fault(atLine, atColumn, reason));
        broken = true;
    }

    private void advance() throws IOException {
        if (c == '\n' && column > 0) {
            line++;
            column = 0;
        }
        c = text.read();
        column++;
    }
}
