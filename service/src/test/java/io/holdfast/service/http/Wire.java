package io.holdfast.service.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A connection on which a test says exactly what a client says.
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int TRICKLE_MILLIS = 10;
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+)\r?$");

    private final Socket socket = new Socket();
    private final InputStream in;

    Wire(InetSocketAddress server) {
        try {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends the text, its line ends as CR LF.
    Wire say(String text) {
        try {
            socket.getOutputStream()
                    .write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends what the client says; answers can still be heard.
    Wire sayNoMore() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads one answer with its body, as long as `Content-Length` says.
    String hear() {
        String head = head();
        Matcher length = LENGTH.matcher(head);
        return length.find() ? head + octets(Integer.parseInt(length.group(1))) : head;
    }

    /// Reads up to and with the empty line.
    String head() {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(octets(1));
        }
        return head.toString();
    }

    String octets(int count) {
        try {
            byte[] octets = in.readNBytes(count);
            if (octets.length < count) {
                throw new IllegalStateException("the connection was closed");
            }
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is still to come, up to the end of the connection.
    String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the beginning of an answer.
    ///
    /// @return false if the server closed the connection instead
    boolean isAnswered() {
        return !isClosedByServer();
    }

    /// Waits so long for the server to close the connection.
    boolean isClosedWithin(int millis) {
        try {
            socket.setSoTimeout(millis);
            return isEndOfStream();
        } catch (IOException reset) {
            return true;
        }
    }

    boolean isClosedByServer() {
        try {
            return isEndOfStream();
        } catch (IOException reset) {
            return true;
        }
    }

    /// Sends an octet every few milliseconds.
    ///
    /// @return whether the server closes the connection
    boolean isClosedWhileTrickling(char octet) {
        try {
            socket.setSoTimeout(TRICKLE_MILLIS);
            for (int i = 0; i < PATIENCE_MILLIS / TRICKLE_MILLIS; i++) {
                socket.getOutputStream().write(octet);
                if (isEndOfStream()) {
                    return true;
                }
            }
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private boolean isEndOfStream() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException nothingYet) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
