package io.holdfast.cli.trial;

import io.holdfast.service.web.LivePage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Where the play is watched: a table on the terminal, and the same rows on a live page.
final class Show {
    private static final String LINE = "  %-34s %9s %9s %10s %10s %10s%n";

    private final PrintWriter out;
    private final LivePage page =
            new LivePage(
                    "/try",
                    "Holdfast: a name and its moving host",
                    List.of("What happens", "Noticed", "Decided", "Answered", "DNS", "In all"));

    Show(PrintWriter out) {
        this.out = out;
    }

    LivePage page() {
        return page;
    }

    /// What DNS says now.
    void serves(String name, String address) {
        page.headline(name + " is at " + address);
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    void head() {
        out.printf(LINE, "What happens", "noticed", "decided", "answered", "DNS", "in all");
        out.println("  " + "-".repeat(87));
        out.flush();
    }

    void add(Row row) {
        if (row.hops().isPresent()) {
            Row.Hops hops = row.hops().get();
            out.printf(
                    LINE,
                    row.what(),
                    text(hops.noticed()),
                    text(hops.decided()),
                    text(hops.answered()),
                    text(hops.served()),
                    text(hops.inAll()));
            page.add(
                    List.of(
                            row.what(),
                            text(hops.noticed()),
                            text(hops.decided()),
                            text(hops.answered()),
                            text(hops.served()),
                            text(hops.inAll())));
        } else {
            String result = (row.held() ? "" : "FAILED: ") + row.note();
            out.printf("  %-34s %s%n", row.what(), result);
            page.add(List.of(row.what(), result));
        }
        out.flush();
    }

    /// Milliseconds with one decimal; seconds from ten of them on.
    static String text(Duration time) {
        double millis = time.toNanos() / 1e6;
        return millis < 10_000
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
