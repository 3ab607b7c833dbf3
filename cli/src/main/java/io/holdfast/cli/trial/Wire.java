package io.holdfast.cli.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// The network between the agent and the service: a relay on loopback that counts the requests
/// passing it, and can lose a reply on its way.
final class Wire implements AutoCloseable {
    private final ServerSocket entrance;
    private final InetSocketAddress exit;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicBoolean loseNext = new AtomicBoolean();

    /// @param exit where the service listens
    Wire(InetSocketAddress exit) throws IOException {
        this.exit = exit;
        entrance = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("trial-wire").start(this::accept);
    }

    /// Where the agent sends to.
    int port() {
        return entrance.getLocalPort();
    }

    /// How many requests have passed towards the service so far.
    int requests() {
        return requests.get();
    }

    /// The next reply gets lost: the service has done its work, the agent hears nothing of it.
    void loseNextReply() {
        loseNext.set(true);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        open.forEach(Wire::cut);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                join(entrance.accept());
            } catch (IOException closedOrRefused) {
                // A client whose connection could not be carried sees it cut, as on any wire.
            }
        }
    }

    private void join(Socket client) throws IOException {
        Socket service = new Socket();
        open.add(client);
        open.add(service);
        try {
            service.connect(exit);
        } catch (IOException refused) {
            hangUp(client, service);
            throw refused;
        }
        Thread.ofVirtual().start(() -> carry(client, service, true));
        Thread.ofVirtual().start(() -> carry(service, client, false));
    }

    /// Carries what one side says to the other until either hangs up.
    private void carry(Socket from, Socket to, boolean towardsService) {
        byte[] buffer = new byte[8192];
        int matched = 0;
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int length = in.read(buffer);
            while (length > 0 && (towardsService || !loseNext.compareAndSet(true, false))) {
                if (towardsService) {
                    matched = countRequests(buffer, length, matched);
                }
                out.write(buffer, 0, length);
                length = in.read(buffer);
            }
        } catch (IOException hungUp) {
            // Either end may hang up at any time; both are closed below.
        } finally {
            hangUp(from, to);
        }
    }

    /// Counts the blank lines that end the header of each request; a GET has no body.
    ///
    /// @param matched how much of a blank line the octets before ended with
    /// @return how much of one these octets end with
    private int countRequests(byte[] octets, int length, int matched) {
        String end = "\r\n\r\n";
        int state = matched;
        for (int i = 0; i < length; i++) {
            if (octets[i] == end.charAt(state)) {
                state++;
            } else {
                state = octets[i] == '\r' ? 1 : 0;
            }
            if (state == end.length()) {
                requests.incrementAndGet();
                state = 0;
            }
        }
        return state;
    }

    private void hangUp(Socket one, Socket other) {
        open.remove(one);
        open.remove(other);
        cut(one);
        cut(other);
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
