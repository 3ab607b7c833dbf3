package io.holdfast.service.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/// The path that a request means: people and router forms write `//nic/update` and `/nic/update/`.
final class RequestPath {
    private static final Pattern SLASHES = Pattern.compile("//+");

    private RequestPath() {}

    /// The decoded path without doubled slashes, and without a last one unless it is all there is.
    static String of(Request request) {
        return tidy(Request.getPathInContext(request));
    }

    static String tidy(String path) {
        String single = path.contains("//") ? SLASHES.matcher(path).replaceAll("/") : path;
        return single.length() > 1 && single.endsWith("/")
                ? single.substring(0, single.length() - 1)
                : single;
    }
}
