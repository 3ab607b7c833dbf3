package io.holdfast.service.web;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What our pages have in common: their look, their frame, and the headers that hold a browser to
/// what the page itself contains.
final class Html {
    private static final String STYLE =
            """
            :root{color-scheme:light dark}
            body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
            color:#1b1f24;background:#fff}
            a{color:#0b57a4}
            code,pre,td{font-family:ui-monospace,monospace}
            pre{background:#f1f3f5;padding:.75rem;overflow-x:auto}
            table{border-collapse:collapse;width:100%}
            caption{text-align:left;padding:.25rem 0}
            th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;
            border-bottom:1px solid #c4cad0}
            .live th,.live td{white-space:nowrap}
            .live td[colspan]{font-family:inherit}
            @media(max-width:48rem){
            body{margin:1rem auto}
            h1{font-size:1.1rem}
            .live thead{position:absolute;left:-99rem}
            .live tr{display:grid;grid-template-columns:1fr 1fr;padding:.5rem 0;
            border-bottom:1px solid #c4cad0}
            .live td{border:0;padding:0}
            .live td:first-child{grid-column:1/-1;font-weight:600}
            .live td[colspan]{grid-column:1/-1;white-space:normal}
            .live td[data-of]::before{content:attr(data-of) " ";font-family:system-ui,sans-serif}}
            @media(prefers-color-scheme:dark){
            body{color:#e6e8ea;background:#15181b}a{color:#8ab8ee}pre{background:#23282d}
            th,td,.live tr{border-color:#4a525a}}
            """;

    private Html() {}

    /// Sends a page.
    ///
    /// @param title plain text
    /// @param main the HTML between the heading and the end
    /// @param script runs after the page has been read; empty for none
    static void send(Context context, String title, String main, String script) {
        send(context, title, title, main, script);
    }

    /// Sends a page whose heading is not its title.
    static void send(Context context, String title, String heading, String main, String script) {
        String policy =
                "default-src 'none'; img-src data:; connect-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'; style-src "
                        + source(STYLE)
                        + (script.isEmpty() ? "" : "; script-src " + source(script));
        context.header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .contentType("text/html;charset=utf-8")
                .result(page(text(title), text(heading), main, script));
    }

    /// Plain text as it stands in HTML, in content and in quoted attributes.
    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String page(String title, String heading, String main, String script) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <style>%s</style>
        </head>
        <body>
        <main>
        <h1>%s</h1>
        %s</main>
        %s</body>
        </html>
        """
                .formatted(
                        title,
                        STYLE,
                        heading,
                        main,
                        script.isEmpty() ? "" : "<script>" + script + "</script>\n");
    }

    /// Names an inline style or script by its hash, so that nothing injected can run (CSP level 2,
    /// §4.2.5).
    private static String source(String inline) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(inline.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
