package io.holdfast.agent.provider;

import io.holdfast.agent.http.Deadline;
import io.holdfast.agent.http.DeadlineInput;
import io.holdfast.agent.http.HttpReply;
import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One GET on one connection, said exactly once.
///
/// Our own because the JDK's client repeats a GET by itself when a connection breaks before the
/// reply, follows nothing we could see, and cannot tell "never connected" from "sent and lost"; for
/// an update these are different things. Follows no redirect, keeps no connection, has no threads.
final class HttpGet {
    /// For each address of the server, the TLS handshake apart.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /// From the last octet sent to the last received; the TLS handshake has as long again.
    static final Duration REPLY_TIMEOUT = Duration.ofSeconds(15);

    private HttpGet() {}

    /// What became of it.
    sealed interface Result {
        /// At least a status came; the reply says how much more.
        record Replied(HttpReply reply) implements Result {}

        /// Nothing that the server could act on was sent.
        record NotConnected(String detail) implements Result {}

        /// Connected, and then no trust: nothing that the server could act on was sent.
        record NoTrust(String detail) implements Result {}

        /// Sent, and no status came in time.
        record TimedOut(String detail) implements Result {}

        /// Sent, maybe in part, and the connection broke before a status, or what came is no HTTP.
        record BrokenOff(String detail) implements Result {}
    }

    /// @param uri with scheme and host; its path and query are sent as they stand
    /// @param headers besides `Host` and `Connection`; without line ends
    static Result get(URI uri, Map<String, String> headers) {
        Socket plain;
        try {
            plain = connect(uri);
        } catch (IOException unreachable) {
            return new Result.NotConnected(connectionFault(uri, unreachable));
        }
        try (plain;
                Socket socket = secured(plain, uri)) {
            return exchange(socket, request(uri, headers));
        } catch (HandshakeException untrusted) {
            return new Result.NoTrust("TLS with " + uri.getHost() + ": " + said(untrusted));
        } catch (SocketTimeoutException late) {
            return new Result.TimedOut("no reply in " + REPLY_TIMEOUT.toSeconds() + " s");
        } catch (IOException broken) {
            return new Result.BrokenOff(
                    "the connection broke before a reply (" + said(broken) + ")");
        }
    }

    private static Result exchange(Socket socket, byte[] request) throws IOException {
        OutputStream out = socket.getOutputStream();
        try {
            out.write(request);
            out.flush();
        } catch (IOException broken) {
            return new Result.Replied(earlyReply(socket, broken));
        }
        return new Result.Replied(reply(socket));
    }

    /// A server that has enough of us may answer and close before it has taken the request.
    private static HttpReply earlyReply(Socket socket, IOException broken) throws IOException {
        try {
            return reply(socket);
        } catch (IOException none) {
            broken.addSuppressed(none);
            throw broken;
        }
    }

    private static HttpReply reply(Socket socket) throws IOException {
        return HttpReply.read(new DeadlineInput(socket, Deadline.in(REPLY_TIMEOUT)));
    }

    private static Socket connect(URI uri) throws IOException {
        int port = port(uri);
        IOException last = new ConnectException("no address");
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, port), (int) CONNECT_TIMEOUT.toMillis());
                return socket;
            } catch (IOException unreachable) {
                socket.close();
                last = unreachable;
            }
        }
        throw last;
    }

    private static Socket secured(Socket socket, URI uri) throws IOException {
        if (!isSecure(uri)) {
            return socket;
        }
        try {
            socket.setSoTimeout((int) REPLY_TIMEOUT.toMillis());
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            SSLSocket secured =
                    (SSLSocket) factory.createSocket(socket, bareHost(uri), port(uri), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        } catch (IOException failed) {
            throw new HandshakeException(failed);
        }
    }

    private static byte[] request(URI uri, Map<String, String> headers) {
        StringBuilder text = new StringBuilder();
        text.append("GET ").append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            text.append('?').append(uri.getRawQuery());
        }
        text.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority()).append("\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("Connection: close\r\n\r\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String connectionFault(URI uri, IOException fault) {
        String server = uri.getHost() + ":" + port(uri);
        return switch (fault) {
            case UnknownHostException _ ->
                    "the server's name " + uri.getHost() + " cannot be looked up";
            case SocketTimeoutException _ ->
                    server
                            + " did not take the connection in "
                            + CONNECT_TIMEOUT.toSeconds()
                            + " s";
            default -> "no connection to " + server + " (" + said(fault) + ")";
        };
    }

    /// A TLS fault may quote the server's certificate.
    private static String said(IOException fault) {
        return OutsideText.printable(String.valueOf(fault.getMessage()));
    }

    private static boolean isSecure(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure(uri) ? 443 : 80;
    }

    private static String bareHost(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static final class HandshakeException extends SSLException {
        HandshakeException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
