package io.holdfast.service.web;

import io.holdfast.service.http.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A table that grows while it is looked at, the newest row at the top, below a headline that says
/// how things are now: a page with the rows so far, and a stream of server-sent events with those
/// that follow. The oldest rows go when there are too many. On a narrow screen each row is a block
/// of its own, its cells named by their headings.
///
/// Without JavaScript the page still shows what there is. Each viewer holds one virtual thread.
public final class LivePage implements Pages {
    /// How many may look on at the same time; the next is asked to reload later.
    static final int MAX_VIEWERS = 50;

    /// How often a silent stream says that it lives; less than any proxy's patience.
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    // Rows arrive as JSON arrays of strings. The browser reconnects by itself and names the last
    // row that it has.
    private static final String SCRIPT =
            """
            const body = document.querySelector("tbody");
            const state = document.getElementById("state");
            const headings = [...document.querySelectorAll("th")].map(th => th.textContent);
            const feed = new EventSource(location.pathname.replace(/\\/$/, "") + "/events?from="
              + body.dataset.next);
            feed.onopen = () => { state.textContent = "Connected; new rows appear at the top."; };
            feed.onerror = () => { state.textContent = "Not connected; trying again."; };
            feed.onmessage = event => {
              const row = body.insertRow(0);
              const cells = JSON.parse(event.data);
              cells.forEach((text, i) => {
                const cell = row.insertCell();
                cell.textContent = text;
                if (i > 0 && i == cells.length - 1 && i < headings.length - 1)
                  cell.colSpan = headings.length - i;
                else if (i > 0) cell.dataset.of = headings[i];
              });
              while (body.rows.length > MOST) body.deleteRow(-1);
            };
            feed.addEventListener("headline", event => {
              document.querySelector("h1").textContent = JSON.parse(event.data);
            });
            """
                    .replace("MOST", Integer.toString(Rows.MOST));

    private final String path;
    private final String title;
    private final List<String> columns;
    private final Rows rows;
    private final Semaphore seats = new Semaphore(MAX_VIEWERS);

    /// @param path where it is served, without a slash at the end, such as `/live`
    /// @param title plain text
    /// @param columns the table's headings, plain text
    public LivePage(String path, String title, List<String> columns) {
        this.path = path;
        this.title = title;
        this.columns = List.copyOf(columns);
        this.rows = new Rows();
    }

    /// Shows a row to all who look and to those who come later. Never waits for a viewer.
    ///
    /// @param cells plain text, one a column; where there are fewer, the last one spans the rest
    public void add(List<String> cells) {
        if (cells.isEmpty() || cells.size() > columns.size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells in " + columns.size() + " columns");
        }
        rows.add(cells);
    }

    /// Says how things are now; the title stands there until then. Whoever looks sees it with the
    /// next row, or a little later.
    ///
    /// @param text plain text
    public void headline(String text) {
        rows.headline(text);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(path, this::show);
        routes.get(path + "/events", this::stream);
    }

    /// Ends the streams.
    @Override
    public void close() {
        rows.close();
    }

    private void show(Context context) {
        StringBuilder main = new StringBuilder();
        main.append(
                "<p id=\"state\" role=\"status\">Reload to see more.</p>\n"
                        + "<table class=\"live\">\n<thead><tr>");
        columns.forEach(
                c -> main.append("<th scope=\"col\">").append(Html.text(c)).append("</th>"));
        Rows.Range soFar = rows.from(0);
        main.append("</tr></thead>\n<tbody data-next=\"" + soFar.next() + "\">\n");
        for (List<String> row : soFar.rows().reversed()) {
            main.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                main.append(cellStart(i, row.size())).append(Html.text(row.get(i)));
                main.append("</td>");
            }
            main.append("</tr>\n");
        }
        main.append("</tbody>\n</table>\n");
        String headline = rows.headline().isEmpty() ? title : rows.headline();
        Html.send(context, title, headline, main.toString(), SCRIPT);
    }

    private String cellStart(int column, int cells) {
        if (column == 0) {
            return "<td>";
        }
        return column == cells - 1 && cells < columns.size()
                ? "<td colspan=\"" + (columns.size() - column) + "\">"
                : "<td data-of=\"" + Html.text(columns.get(column)) + "\">";
    }

    private void stream(Context context) throws IOException, InterruptedException {
        if (!seats.tryAcquire()) {
            context.status(503).header("Retry-After", "60").result("too many viewers\n");
            return;
        }
        try {
            context.contentType("text/event-stream").header("Cache-Control", "no-store");
            send(context.res().getOutputStream(), firstWanted(context));
        } finally {
            seats.release();
        }
    }

    /// Where to begin: after the last row that a reconnecting browser has, or at `from`.
    private static int firstWanted(Context context) {
        String last = context.header("Last-Event-ID");
        String from = last == null ? context.queryParam("from") : last;
        try {
            int at = from == null ? 0 : Integer.parseInt(from);
            return Math.max(0, last == null ? at : at + 1);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Ends with the page, or with an [IOException] when the viewer has gone.
    private void send(OutputStream out, int from) throws IOException, InterruptedException {
        int next = from;
        String shown = "";
        while (rows.await(next, HEARTBEAT)) {
            StringBuilder events = new StringBuilder();
            Rows.Range more = rows.from(next);
            next = more.first();
            String headline = rows.headline();
            if (!headline.equals(shown)) {
                shown = headline;
                events.append("event: headline\ndata: ").append(Rows.quoted(headline));
                events.append("\n\n");
            }
            for (List<String> row : more.rows()) {
                events.append("id: ").append(next++).append("\ndata: ");
                events.append(Rows.json(row)).append("\n\n");
            }
            String text = events.isEmpty() ? ": still here\n\n" : events.toString();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
