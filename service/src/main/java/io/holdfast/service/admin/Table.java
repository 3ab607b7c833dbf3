package io.holdfast.service.admin;

import io.holdfast.runtime.OutsideText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// Lines for people in columns, under headings. Nothing at all without any line.
public final class Table {
    private final int[] widths;
    private final List<String[]> lines = new ArrayList<>();

    public Table(String... headings) {
        widths = new int[headings.length];
        add(headings);
    }

    /// @param cells as many as there are headings; what is empty is shown as `-`
    public void row(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException(cells.length + " cells under " + widths.length);
        }
        add(
                Arrays.stream(cells)
                        .map(cell -> cell.isEmpty() ? "-" : cell)
                        .map(cell -> OutsideText.printable(cell, Integer.MAX_VALUE))
                        .toArray(String[]::new));
    }

    private void add(String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
        lines.add(cells);
    }

    public void tell(Consumer<String> line) {
        if (lines.size() == 1) {
            return;
        }
        for (String[] cells : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                text.append(cells[i]);
                if (i < cells.length - 1) {
                    text.append(
                            String.join(
                                    "",
                                    Collections.nCopies(widths[i] + 2 - cells[i].length(), " ")));
                }
            }
            line.accept(text.toString());
        }
    }
}
