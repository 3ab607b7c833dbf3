package io.holdfast.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.holdfast.net.DatagramBatches.Sharing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Batches of 32 by `recvmmsg` and `sendmmsg`. At high rates most of a server's time goes into
/// crossing over to the kernel and back; this does it twice for 32 queries instead of 64 times.
///
/// All memory is taken when the socket is opened. A reply overwrites the datagram that it answers,
/// since that memory is in the processor's cache.
///
/// Closing: the number of a closed socket is soon another file's, so nobody may be inside a call
/// when it is closed. [#receive] and [#send] hold the monitor; [#close] first shuts the socket
/// down, which wakes a receiver, ends the [LateReplies], which have a lock of their own, and then
/// closes the socket under the monitor. Memory is left to the collector, because the thread may be
/// reading its last batch.
final class LinuxDatagramBatch implements DatagramBatch {
    private static final int BATCH = 32;

    // Not a power of two: else all datagrams would begin in the same few lines of the cache.
    private static final int STRIDE = 65_536 + 64;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int MSG_WAITFORONE = 0x10000;
    private static final int SHUT_RDWR = 2;

    /// For bursts while the thread is busy or the JVM pauses. An unprivileged process gets at most
    /// `net.core.rmem_max`.
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final int fd;
    private final UdpCalls calls;
    private final InetSocketAddress address;
    private final boolean wildcard;
    private final AtomicBoolean closing = new AtomicBoolean();

    private final MemorySegment datagrams;
    private final MemorySegment peers;
    private final MemorySegment controls;
    private final MessageHeaders in;
    private final MessageHeaders out;
    private final LateReplies lateReplies;
    private int received;
    private int replies;

    private LinuxDatagramBatch(int fd, Arena arena, UdpCalls calls, InetSocketAddress address) {
        this.fd = fd;
        this.calls = calls;
        this.address = address;
        wildcard = address.getAddress().isAnyLocalAddress();
        datagrams = arena.allocate((long) BATCH * STRIDE, 64);
        peers = arena.allocate((long) BATCH * Sockaddr.SIZE, 64);
        controls = arena.allocate((long) BATCH * AskedAddress.SIZE, 64);
        in = new MessageHeaders(arena, BATCH);
        out = new MessageHeaders(arena, BATCH);
        for (int i = 0; i < BATCH; i++) {
            in.setName(i, peerAddress(i), Sockaddr.SIZE);
            in.setData(i, datagramAddress(i), MAX_LENGTH);
        }
        lateReplies = new LateReplies(fd, arena);
        received = BATCH;
    }

    /// Whether this system and this JVM let us.
    static boolean isUsable() {
        return Support.USABLE;
    }

    /// Asked once: the answer cannot change while the JVM runs.
    private static final class Support {
        static final boolean USABLE =
                System.getProperty("os.name", "").equals("Linux")
                        && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch", ""))
                        && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        && nativeAccess();

        private static boolean nativeAccess() {
            try {
                return MessageHeaders.isTheKernels() && new UdpCalls(Arena.ofAuto()).areThere();
            } catch (LinkageError e) {
                return false; // forbidden by --illegal-native-access=deny, or a strange C library
            }
        }
    }

    static LinuxDatagramBatch open(InetSocketAddress address, Sharing sharing) throws IOException {
        Arena arena = Arena.ofAuto();
        UdpCalls calls = new UdpCalls(arena);
        int family = Sockaddr.family(address);
        int fd = calls.socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw failure("opening a socket for " + Sockaddr.text(address), fd);
        }
        try {
            return new LinuxDatagramBatch(fd, arena, calls, bind(calls, fd, address, sharing));
        } catch (IOException | RuntimeException e) {
            calls.close(fd);
            throw e;
        }
    }

    private static InetSocketAddress bind(
            UdpCalls calls, int fd, InetSocketAddress address, Sharing sharing) throws IOException {
        int family = Sockaddr.family(address);
        if (calls.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES) < 0) {
            check("SO_RCVBUF", calls.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER_BYTES));
        }
        if (family == Sockaddr.AF_INET6) {
            check("IPV6_V6ONLY", calls.setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0));
        }
        if (address.getAddress().isAnyLocalAddress()) {
            check("IP_PKTINFO", AskedAddress.enable(calls, fd, family));
        }
        int share = sharing == Sharing.NOW ? 1 : 0;
        check("SO_REUSEPORT", calls.setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, share));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(Sockaddr.SIZE, 8);
            int bound = calls.bind(fd, name, Sockaddr.write(address, name));
            if (bound < 0) {
                throw new BindException(Sockaddr.text(address) + " (UDP): " + Libc.words(-bound));
            }
            check("SO_REUSEPORT", calls.setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, 1));
            MemorySegment length = arena.allocateFrom(JAVA_INT, Sockaddr.SIZE);
            check("getsockname", calls.getsockname(fd, name, length));
            return Sockaddr.read(name, 0);
        }
    }

    @Override
    public int capacity() {
        return BATCH;
    }

    @Override
    public synchronized int receive() throws IOException {
        replies = 0;
        for (int i = 0; i < received; i++) { // what the kernel overwrote
            in.setNameLength(i, Sockaddr.SIZE);
            if (wildcard) {
                in.setControl(i, controlAddress(i), AskedAddress.SIZE);
            }
        }
        received = 0;
        while (!closing.get()) {
            int result = calls.recvmmsg(fd, in.from(0), BATCH, MSG_WAITFORONE);
            if (closing.get()) {
                break; // a socket shut down yields one empty datagram
            }
            if (result > 0) {
                received = result;
                return result;
            }
            if (result != -UdpCalls.EINTR) {
                received = BATCH; // unknown how far it came: prepare all of them again
                throw failure("receiving on " + Sockaddr.text(address), result);
            }
        }
        return -1;
    }

    @Override
    public int read(int i, byte[] to) {
        Objects.checkIndex(i, received);
        int length = Math.min(in.transferred(i), to.length);
        MemorySegment.copy(datagrams, JAVA_BYTE, (long) i * STRIDE, to, 0, length);
        return length;
    }

    @Override
    public InetSocketAddress peer(int i) {
        Objects.checkIndex(i, received);
        return Sockaddr.read(peers, (long) i * Sockaddr.SIZE);
    }

    @Override
    public void peerAddress(int i, byte[] to) {
        Objects.checkIndex(i, received);
        Sockaddr.readAddress(peers, (long) i * Sockaddr.SIZE, to);
    }

    @Override
    public ReturnPath returnPath(int i) {
        Objects.checkIndex(i, received);
        int controlLength = wildcard ? (int) in.controlLength(i) : 0;
        return lateReplies.path(
                peers.asSlice((long) i * Sockaddr.SIZE, Sockaddr.SIZE),
                in.nameLength(i),
                controls.asSlice((long) i * AskedAddress.SIZE, AskedAddress.SIZE),
                controlLength);
    }

    @Override
    public void reply(int i, byte[] from, int length) {
        Objects.checkIndex(i, received);
        Objects.checkIndex(replies, BATCH);
        Objects.checkFromToIndex(0, length, MAX_LENGTH);
        MemorySegment.copy(from, 0, datagrams, JAVA_BYTE, (long) i * STRIDE, length);
        int slot = replies++;
        out.setName(slot, peerAddress(i), in.nameLength(i));
        out.setData(slot, datagramAddress(i), length);
        if (wildcard) {
            AskedAddress.leaveRouteOpen(controls, (long) i * AskedAddress.SIZE);
            out.setControl(slot, controlAddress(i), in.controlLength(i));
        }
    }

    @Override
    public synchronized int send() throws IOException {
        int refused = 0;
        int sent = 0;
        while (sent < replies && !closing.get()) {
            int result = calls.sendmmsg(fd, out.from(sent), replies - sent, 0);
            if (result > 0) {
                sent += result;
            } else if (result != -UdpCalls.EINTR) {
                // The first of them cannot be sent: unreachable, or our address is gone.
                sent++;
                refused++;
            }
        }
        refused += replies - sent;
        replies = 0;
        return refused;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            UdpCalls own = new UdpCalls(arena);
            own.shutdown(fd, SHUT_RDWR); // says ENOTCONN, but wakes whoever waits
            lateReplies.close();
            synchronized (this) {
                own.close(fd);
            }
        }
    }

    private long datagramAddress(int i) {
        return datagrams.address() + (long) i * STRIDE;
    }

    private long peerAddress(int i) {
        return peers.address() + (long) i * Sockaddr.SIZE;
    }

    private long controlAddress(int i) {
        return controls.address() + (long) i * AskedAddress.SIZE;
    }

    private static void check(String what, int result) throws IOException {
        if (result < 0) {
            throw failure(what, result);
        }
    }

    private static IOException failure(String what, int result) {
        return new IOException(what + ": " + Libc.words(-result));
    }
}
