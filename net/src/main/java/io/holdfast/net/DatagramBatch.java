package io.holdfast.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/// A bound UDP socket that takes and sends datagrams many at a time; used by one thread, closed by
/// any.
///
/// A round is [#receive], then for each datagram [#read] and at most one [#reply], then [#send].
/// None of these allocates where [DatagramBatches.Kind#NATIVE] is in use.
public interface DatagramBatch extends AutoCloseable {
    /// The longest datagram there is, in octets: its length has 16 bits (RFC 768).
    int MAX_LENGTH = 65_535;

    /// How many datagrams one call carries at the most.
    int capacity();

    /// Waits until at least one datagram is there, or until woken by [#close] from another thread.
    ///
    /// @return how many came, 1 to [#capacity]; -1 once closed
    int receive() throws IOException;

    /// Copies the i-th datagram just received.
    ///
    /// @return its length, 0 to [#MAX_LENGTH]; a datagram longer than `to` is cut
    int read(int i, byte[] to);

    /// Who sent the i-th datagram just received, and has not been sent a reply yet; allocates.
    InetSocketAddress peer(int i);

    /// Writes the address of who sent the i-th datagram just received: 16 octets, an IPv4 address
    /// mapped into IPv6 (RFC 4291 §2.5.5.2).
    void peerAddress(int i, byte[] to);

    /// Keeps the way back to the i-th datagram's sender, for a reply that is not in this batch;
    /// instead of [#reply], and before it would be called. Allocates.
    ReturnPath returnPath(int i);

    /// Puts a reply to the i-th datagram's sender into the batch to send, in the datagram's place:
    /// it cannot be read any more.
    ///
    /// @param length 0 to [#MAX_LENGTH]
    void reply(int i, byte[] from, int length);

    /// Sends the replies put since the last call, to whom each belongs, from the address that was
    /// asked.
    ///
    /// @return how many the system refused to send: a peer that cannot be reached costs only its
    ///   own reply
    /// @throws IOException if nothing can be sent at all
    int send() throws IOException;

    /// The address and port it is bound to.
    InetSocketAddress address();

    /// Ends a [#receive] that waits, and every later one; after the first call does nothing.
    @Override
    void close();
}
