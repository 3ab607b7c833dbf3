package io.holdfast.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The way back to who sent a datagram, for a reply that comes later: it outlives the batch. Any
/// thread may use it, also while the socket's own waits in [DatagramBatch#receive].
public interface ReturnPath {
    /// Who sent the datagram; allocates.
    InetSocketAddress peer();

    /// Sends one datagram to that peer, from the address that was asked. Does not wait.
    ///
    /// @param from at most [DatagramBatch#MAX_LENGTH] octets
    /// @throws IOException if the socket has been closed, or the system refuses
    void send(byte[] from) throws IOException;
}
