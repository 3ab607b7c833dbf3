package io.holdfast.net;

import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEPORT;

import io.holdfast.net.DatagramBatches.Sharing;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Batches of one, by the JDK's own socket: for systems without `recvmmsg`.
final class ChannelDatagramBatch implements DatagramBatch {
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_LENGTH);

    private @Nullable SocketAddress peer;
    private boolean replying;

    private ChannelDatagramBatch(DatagramChannel channel, InetSocketAddress address) {
        this.channel = channel;
        this.address = address;
    }

    static ChannelDatagramBatch open(InetSocketAddress address, Sharing sharing)
            throws IOException {
        DatagramChannel channel = openFor(address);
        try {
            channel.setOption(SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            share(channel, sharing == Sharing.NOW);
            channel.bind(address);
            share(channel, true);
            return new ChannelDatagramBatch(channel, (InetSocketAddress) channel.getLocalAddress());
        } catch (SocketException e) {
            channel.close();
            throw withAddress(address, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public int receive() throws IOException {
        replying = false;
        datagram.clear();
        try {
            peer = channel.receive(datagram);
        } catch (ClosedChannelException e) {
            return -1; // closed before, or by another thread while waiting
        }
        datagram.flip();
        return 1;
    }

    @Override
    public int read(int i, byte[] to) {
        int length = Math.min(datagram.limit(), to.length);
        datagram.get(0, to, 0, length);
        return length;
    }

    @Override
    public InetSocketAddress peer(int i) {
        if (peer instanceof InetSocketAddress sender) {
            return sender;
        }
        throw new IllegalStateException("nothing has been received");
    }

    @Override
    public void peerAddress(int i, byte[] to) {
        Sockaddr.writeAddress(peer(i).getAddress(), to);
    }

    @Override
    public ReturnPath returnPath(int i) {
        return new Path(channel, peer(i));
    }

    @Override
    public void reply(int i, byte[] from, int length) {
        datagram.clear().put(from, 0, length).flip();
        replying = true;
    }

    @Override
    public int send() throws IOException {
        if (!replying) {
            return 0;
        }
        replying = false;
        try {
            channel.send(datagram, peer(0));
            return 0;
        } catch (ClosedChannelException e) {
            return 1;
        } catch (IOException e) {
            // This peer cannot be reached, or not now; a socket that is broken fails to receive.
            return 1;
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing UDP " + address, e);
        }
    }

    private static DatagramChannel openFor(InetSocketAddress address) throws IOException {
        ProtocolFamily family =
                address.getAddress() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET;
        try {
            return DatagramChannel.open(family);
        } catch (UnsupportedOperationException e) {
            throw new IOException(address + ": this system has no " + family.name(), e);
        }
    }

    private static void share(DatagramChannel channel, boolean on) throws IOException {
        if (channel.supportedOptions().contains(SO_REUSEPORT)) {
            channel.setOption(SO_REUSEPORT, on);
        }
    }

    private static BindException withAddress(InetSocketAddress address, SocketException cause) {
        BindException named =
                new BindException(Sockaddr.text(address) + " (UDP): " + cause.getMessage());
        named.initCause(cause);
        return named;
    }

    /// The channel has a lock for sending beside the one for receiving.
    private record Path(DatagramChannel channel, InetSocketAddress peer) implements ReturnPath {
        @Override
        public void send(byte[] from) throws IOException {
            Objects.checkFromToIndex(0, from.length, MAX_LENGTH);
            channel.send(ByteBuffer.wrap(from), peer);
        }
    }
}
