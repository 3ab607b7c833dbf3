package io.holdfast.service.dyndns;

import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Tells a client its own address, in the forms that clients know how to read (update-protocol
/// §10).
public final class CheckIp {
    /// Answered with Dyn's page.
    public static final Set<String> PAGE_PATHS = Set.of("/checkip", "/nic/checkip");

    /// Answered with the bare address.
    public static final Set<String> BARE_PATHS = Set.of("/myip", "/ip");

    private CheckIp() {}

    /// Dyn's reply, header for header: scripts cut the address out between `": "` and `</body>`.
    public static Reply page(InetAddress client) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html");
        headers.put("Server", "DynDNS-CheckIP/1.0");
        headers.put("Cache-Control", "no-cache");
        headers.put("Pragma", "no-cache");
        headers.put("Connection", "close");
        return new Reply(
                200,
                headers,
                "<html><head><title>Current IP Check</title></head><body>Current IP Address: "
                        + AddressText.of(client)
                        + "</body></html>\r\n");
    }

    /// The address and a line feed.
    public static Reply bare(InetAddress client) {
        return uncached("text/plain", AddressText.of(client) + "\n");
    }

    public static Reply json(InetAddress client) {
        return uncached("application/json", "{\"ip\":\"" + AddressText.of(client) + "\"}\n");
    }

    /// A trusted proxy asks and does not say for whom: its own address is not the answer.
    public static Reply unknown() {
        return uncached(
                503, "text/plain", "the proxy in between does not say whose request this is\n");
    }

    public static Reply methodNotAllowed() {
        return uncached(405, "text/plain", "badagent\n").with("Allow", "GET, HEAD");
    }

    private static Reply uncached(String type, String body) {
        return uncached(200, type, body);
    }

    private static Reply uncached(int status, String type, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-store");
        return new Reply(status, headers, body);
    }
}
