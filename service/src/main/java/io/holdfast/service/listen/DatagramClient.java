package io.holdfast.service.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/// Asks other servers, one message at a time, by UDP.
@FunctionalInterface
public interface DatagramClient {
    /// Sends a message and waits for the reply to it. Any number of threads may ask.
    ///
    /// @param message a request, its id unpredictable
    /// @param patience how long to wait
    /// @return the first message from that server with the same id and opcode that is a response
    /// @throws SocketTimeoutException if there is none in time
    /// @throws IOException if the network refuses
    byte[] ask(InetSocketAddress server, byte[] message, Duration patience) throws IOException;

    /// The same client, asking from that one of these addresses which is of the server's family;
    /// where none is, from the usual one.
    default DatagramClient from(List<InetAddress> sources) {
        return this;
    }
}
