package io.holdfast.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Objects;

/// Replies of a [LinuxDatagramBatch] that leave one by one, from any thread, after the batch they
/// belong to. A lock and memory of its own: the batch's belong to the thread that receives.
final class LateReplies {
    private static final int MSG_DONTWAIT = 0x40;

    private final int fd;
    private final UdpCalls calls;
    private final MemorySegment datagram;
    private final MemorySegment peer;
    private final MemorySegment control;
    private final MessageHeaders header;
    private boolean closed;

    LateReplies(int fd, Arena arena) {
        this.fd = fd;
        calls = new UdpCalls(arena);
        datagram = arena.allocate(DatagramBatch.MAX_LENGTH, 64);
        peer = arena.allocate(Sockaddr.SIZE, 8);
        control = arena.allocate(AskedAddress.SIZE, 8);
        header = new MessageHeaders(arena, 1);
    }

    /// Keeps copies of what the kernel said about one datagram.
    ///
    /// @param controlLength how much of `control` there is; 0 for none
    ReturnPath path(
            MemorySegment peerAddress,
            int peerLength,
            MemorySegment controlData,
            int controlLength) {
        byte[] kept = new byte[Sockaddr.SIZE + controlLength];
        MemorySegment.copy(peerAddress, JAVA_BYTE, 0, kept, 0, peerLength);
        MemorySegment.copy(controlData, JAVA_BYTE, 0, kept, Sockaddr.SIZE, controlLength);
        return new Path(kept, peerLength);
    }

    /// No reply is being sent when this returns, and none will be.
    synchronized void close() {
        closed = true;
    }

    private synchronized void send(byte[] from, byte[] path, int peerLength) throws IOException {
        Objects.checkFromToIndex(0, from.length, DatagramBatch.MAX_LENGTH);
        if (closed) {
            throw new IOException("the socket has been closed");
        }
        int controlLength = path.length - Sockaddr.SIZE;
        MemorySegment.copy(from, 0, datagram, JAVA_BYTE, 0, from.length);
        MemorySegment.copy(path, 0, peer, JAVA_BYTE, 0, peerLength);
        MemorySegment.copy(path, Sockaddr.SIZE, control, JAVA_BYTE, 0, controlLength);
        header.setData(0, datagram.address(), from.length);
        header.setName(0, peer.address(), peerLength);
        if (controlLength > 0) {
            AskedAddress.leaveRouteOpen(control, 0);
            header.setControl(0, control.address(), controlLength);
        }
        int result;
        do {
            result = calls.sendmmsg(fd, header.from(0), 1, MSG_DONTWAIT);
        } while (result == -UdpCalls.EINTR);
        if (result < 0) {
            throw new IOException(
                    "sending to "
                            + Sockaddr.text(Sockaddr.read(peer, 0))
                            + ": "
                            + Libc.words(-result));
        }
    }

    private final class Path implements ReturnPath {
        /// The peer's socket address, and after [Sockaddr#SIZE] octets the control data.
        private final byte[] kept;

        private final int peerLength;

        Path(byte[] kept, int peerLength) {
            this.kept = kept;
            this.peerLength = peerLength;
        }

        @Override
        public InetSocketAddress peer() {
            return Sockaddr.read(MemorySegment.ofArray(kept), 0);
        }

        @Override
        public void send(byte[] from) throws IOException {
            LateReplies.this.send(from, kept, peerLength);
        }
    }
}
