package io.holdfast.agent.http;

import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sends one request on one connection, exactly once.
///
/// Our own because the JDK's client repeats a GET by itself when a connection breaks before the
/// reply, cannot tell "never connected" from "sent and lost", which for an update are different
/// things, and promises no address family. Follows no redirect, keeps no connection, has no
/// threads.
public final class HttpClient {
    private static final int LONGEST_SAID = 300;

    private final Supplier<SSLSocketFactory> tls;

    /// @param tls asked for each https request: to make the JDK's own reads its trust store
    public HttpClient(Supplier<SSLSocketFactory> tls) {
        this.tls = tls;
    }

    /// Trusts whom the JDK trusts.
    public static HttpClient ofThisJdk() {
        return new HttpClient(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /// Never throws; never sends anything twice.
    public HttpOutcome send(HttpRequest request, HttpOptions options) {
        Socket plain;
        try {
            plain = connected(request, options);
        } catch (UnknownHostException nowhere) {
            return new HttpOutcome.NotSent(
                    HttpOutcome.Obstacle.NO_ADDRESS, String.valueOf(nowhere.getMessage()));
        } catch (IOException unreachable) {
            return new HttpOutcome.NotSent(
                    HttpOutcome.Obstacle.NO_CONNECTION,
                    connectionFault(request, options, unreachable));
        }
        try (plain;
                Socket socket = secured(plain, request, options)) {
            HttpReply reply = exchange(socket, request.octets(), options);
            return new HttpOutcome.Replied(reply, plain.getInetAddress());
        } catch (HandshakeException untrusted) {
            return new HttpOutcome.NotSent(
                    HttpOutcome.Obstacle.NO_TRUST,
                    "TLS with " + request.uri().getHost() + ": " + said(untrusted));
        } catch (SocketTimeoutException late) {
            return new HttpOutcome.Unknown(
                    true, "no reply in " + options.reply().toSeconds() + " s");
        } catch (IOException broken) {
            return new HttpOutcome.Unknown(false, said(broken));
        }
    }

    private static HttpReply exchange(Socket socket, byte[] request, HttpOptions options)
            throws IOException {
        OutputStream out = socket.getOutputStream();
        try {
            out.write(request);
            out.flush();
        } catch (IOException broken) {
            return earlyReply(socket, broken, options);
        }
        return reply(socket, options);
    }

    /// A server that has enough of us may answer and close before it has taken the request.
    private static HttpReply earlyReply(Socket socket, IOException broken, HttpOptions options)
            throws IOException {
        try {
            return reply(socket, options);
        } catch (IOException none) {
            broken.addSuppressed(none);
            throw broken;
        }
    }

    private static HttpReply reply(Socket socket, HttpOptions options) throws IOException {
        Deadline end = options.deadline().orElseGet(() -> Deadline.in(options.reply()));
        return HttpReply.read(new DeadlineInput(socket, end));
    }

    /// To the first of the host's addresses that takes the connection.
    private static Socket connected(HttpRequest request, HttpOptions options) throws IOException {
        IOException last = new ConnectException("no address");
        for (InetAddress address : addresses(request, options)) {
            Socket socket =
                    options.family().isPresent() ? new Socket(Proxy.NO_PROXY) : new Socket();
            try {
                socket.setTcpNoDelay(true);
                if (options.device().isPresent()) {
                    socket.bind(ownAddress(options.device().get(), address));
                }
                socket.connect(
                        new InetSocketAddress(address, request.port()),
                        millis(options, options.connect()));
                return socket;
            } catch (IOException unreachable) {
                socket.close();
                last = unreachable;
            }
        }
        throw last;
    }

    private static List<InetAddress> addresses(HttpRequest request, HttpOptions options)
            throws UnknownHostException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(request.host());
        } catch (UnknownHostException unknown) {
            throw new UnknownHostException(
                    "the server's name " + request.host() + " cannot be looked up");
        }
        List<InetAddress> wanted =
                Arrays.stream(all)
                        .filter(one -> options.family().filter(f -> f != familyOf(one)).isEmpty())
                        .toList();
        if (wanted.isEmpty()) {
            boolean four = options.family().filter(StandardProtocolFamily.INET::equals).isPresent();
            throw new UnknownHostException(
                    request.host() + " has no " + (four ? "IPv4" : "IPv6") + " address");
        }
        return wanted;
    }

    private static StandardProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    private static InetSocketAddress ownAddress(String device, InetAddress server)
            throws IOException {
        NetworkInterface found = NetworkInterface.getByName(device);
        if (found == null) {
            throw new ConnectException("there is no network device " + device);
        }
        return found.inetAddresses()
                .filter(own -> familyOf(own) == familyOf(server))
                .filter(own -> own.isLinkLocalAddress() == server.isLinkLocalAddress())
                .findFirst()
                .map(own -> new InetSocketAddress(own, 0))
                .orElseThrow(() -> new ConnectException(device + " has no address for it"));
    }

    private Socket secured(Socket plain, HttpRequest request, HttpOptions options)
            throws IOException {
        if (!request.isSecure()) {
            return plain;
        }
        try {
            SSLSocket socket =
                    (SSLSocket) tls.get().createSocket(plain, request.host(), request.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 section 4.3.4
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(millis(options, options.reply()));
            socket.startHandshake();
            return socket;
        } catch (IOException failed) {
            throw new HandshakeException(failed);
        }
    }

    /// That long, or until the deadline if that is sooner.
    private static int millis(HttpOptions options, Duration time) throws SocketTimeoutException {
        int most = (int) Math.max(1, time.toMillis());
        return options.deadline().isPresent()
                ? Math.min(most, options.deadline().get().millisLeft())
                : most;
    }

    private static String connectionFault(
            HttpRequest request, HttpOptions options, IOException fault) {
        String server = request.uri().getHost() + ":" + request.port();
        return fault instanceof SocketTimeoutException
                ? server + " did not take the connection in " + options.connect().toSeconds() + " s"
                : "no connection to " + server + " (" + said(fault) + ")";
    }

    /// A TLS fault may quote the server's certificate.
    private static String said(IOException fault) {
        return OutsideText.printable(String.valueOf(fault.getMessage()), LONGEST_SAID);
    }

    /// Whatever it was, the request has not been sent.
    private static final class HandshakeException extends IOException {
        HandshakeException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
