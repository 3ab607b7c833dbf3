package io.holdfast.net;

import java.io.IOException;

/// A bound UDP socket that takes and sends datagrams many at a time; used by one thread.
public interface DatagramBatch extends AutoCloseable {
    /// How many datagrams one call carries at the most.
    int capacity();

    /// Waits until at least one datagram is there, or until woken by [#close] from another thread.
    ///
    /// @return how many came, 1 to [#capacity]; -1 once closed
    int receive() throws IOException;

    /// Copies the i-th datagram just received.
    ///
    /// @return its length; a datagram longer than `to` is cut
    int read(int i, byte[] to);

    /// Puts a reply to the i-th datagram's sender into the batch to send.
    void reply(int i, byte[] from, int length);

    /// Sends the replies put since the last call, to whom each belongs, from the address that was
    /// asked.
    void send() throws IOException;

    /// The port it is bound to.
    int port();

    @Override
    void close();
}
