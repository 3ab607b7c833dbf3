package io.holdfast.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// A netlink socket to the kernel's routing part (rtnetlink(7)): whole messages out, whole
/// datagrams in. Read by one thread, closed by any.
final class RouteSocket implements AutoCloseable {
    /// What [#receive] returns instead of a length.
    static final int CLOSED = -1;

    /// The kernel had to drop messages meant for us.
    static final int OVERRUN = -2;

    /// The kernel fills at most 32 KiB of a dump; an event with every statistic is far shorter.
    static final int BUFFER = 64 * 1024;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int ADDRESS_LENGTH = 12; // struct sockaddr_nl
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;

    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle POLL = function("poll", ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT);
    private static final MethodHandle WRITE = longFunction("write", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle SEND =
            longFunction("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVFROM =
            longFunction("recvfrom", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);

    private final Arena memory = Arena.ofShared();
    private final MemorySegment errno = memory.allocate(Libc.ERRNO_STATE);
    private final MemorySegment buffer = memory.allocate(BUFFER);
    private final MemorySegment peer = memory.allocate(ADDRESS_LENGTH, 4);
    private final MemorySegment peerLength = memory.allocate(JAVA_INT);
    private final MemorySegment polled = memory.allocate(16, 4); // two struct pollfd
    private final int fd;
    private final int wake;
    private final ReentrantLock inUse = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param groups the `RTMGRP_*` bits of the events wanted, 0 for none
    RouteSocket(int groups) throws IOException {
        int socket = -1;
        int event = -1;
        try {
            int type = SOCK_RAW | CLOEXEC;
            int made = (int) SOCKET.invokeExact(errno, AF_NETLINK, type, NETLINK_ROUTE);
            socket = checked("netlink socket", made);
            MemorySegment self = memory.allocate(ADDRESS_LENGTH, 4);
            self.set(JAVA_SHORT, 0, (short) AF_NETLINK);
            self.set(JAVA_INT, 8, groups);
            checked(
                    "bind netlink socket",
                    (int) BIND.invokeExact(errno, socket, self, ADDRESS_LENGTH));
            event = checked("eventfd", (int) EVENTFD.invokeExact(errno, 0, CLOEXEC));
        } catch (Throwable e) {
            closeQuietly(socket);
            memory.close();
            throw rethrown(e);
        }
        fd = socket;
        wake = event;
        watch(0, fd);
        watch(1, wake);
    }

    /// Sends one message to the kernel.
    void send(byte[] message) throws IOException {
        inUse.lock();
        try {
            if (closed.get()) {
                throw new IOException("netlink socket is closed");
            }
            MemorySegment.copy(message, 0, buffer, JAVA_BYTE, 0, message.length);
            checked(
                    "send to netlink",
                    (long) SEND.invokeExact(errno, fd, buffer, (long) message.length, 0));
        } catch (Throwable e) {
            throw rethrown(e);
        } finally {
            inUse.unlock();
        }
    }

    /// Waits for a datagram of the kernel and copies it. A longer one is cut, which its own length
    /// field then shows.
    ///
    /// @param timeoutMillis -1 for ever
    /// @return its length, [#CLOSED] or [#OVERRUN]
    /// @throws IOException after the time-out, and when the socket is broken
    int receive(byte[] to, int timeoutMillis) throws IOException {
        inUse.lock();
        try {
            while (!closed.get()) {
                int ready = (int) POLL.invokeExact(errno, polled, 2L, timeoutMillis);
                if (ready == 0) {
                    throw new IOException("the kernel did not answer in " + timeoutMillis + " ms");
                }
                if (ready < 0 && Libc.errno(errno) != EINTR) {
                    throw failed("poll netlink");
                }
                int length = ready < 0 || closed.get() ? 0 : read(to);
                if (length != 0) {
                    return length;
                }
            }
            return CLOSED;
        } catch (Throwable e) {
            throw rethrown(e);
        } finally {
            inUse.unlock();
        }
    }

    /// Wakes a waiting [#receive] and frees the socket as soon as that has left.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!inUse.tryLock()) {
            wakeReader();
            inUse.lock();
        }
        try {
            closeQuietly(fd);
            closeQuietly(wake);
            memory.close();
        } finally {
            inUse.unlock();
        }
    }

    /// 0: nothing for us, look again.
    private int read(byte[] to) throws Throwable {
        peerLength.set(JAVA_INT, 0, ADDRESS_LENGTH);
        long length =
                (long)
                        RECVFROM.invokeExact(
                                errno, fd, buffer, (long) BUFFER, MSG_DONTWAIT, peer, peerLength);
        if (length < 0) {
            return switch (Libc.errno(errno)) {
                case ENOBUFS -> OVERRUN;
                case EINTR, EAGAIN -> 0;
                default -> throw failed("receive from netlink");
            };
        }
        if (peer.get(JAVA_INT, 4) != 0) {
            return 0; // port 0 is the kernel; nobody else has anything to tell us
        }
        int copied = (int) Math.min(length, to.length);
        MemorySegment.copy(buffer, JAVA_BYTE, 0, to, 0, copied);
        return copied;
    }

    /// Own memory: the reader's is in use now.
    private void wakeReader() {
        try (Arena own = Arena.ofConfined()) {
            MemorySegment one = own.allocateFrom(JAVA_LONG, 1);
            long ignored = (long) WRITE.invokeExact(own.allocate(Libc.ERRNO_STATE), wake, one, 8L);
            assert ignored == 8 : "an eventfd takes 2^64-2 wake-ups";
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private void watch(int i, int descriptor) {
        polled.set(JAVA_INT, i * 8L, descriptor);
        polled.set(JAVA_SHORT, i * 8L + 4, POLLIN);
    }

    private void closeQuietly(int descriptor) {
        if (descriptor >= 0) {
            try {
                int ignored = (int) CLOSE.invokeExact(errno, descriptor);
                assert ignored == 0 : "Linux closes a descriptor whatever it returns";
            } catch (Throwable e) {
                throw Libc.unexpected(e);
            }
        }
    }

    private int checked(String what, int result) throws IOException {
        return (int) checked(what, (long) result);
    }

    private long checked(String what, long result) throws IOException {
        if (result < 0) {
            throw failed(what);
        }
        return result;
    }

    private IOException failed(String what) {
        return new IOException(what + ": " + Libc.words(Libc.errno(errno)));
    }

    private static IOException rethrown(Throwable e) {
        if (e instanceof IOException known) {
            return known;
        }
        throw Libc.unexpected(e);
    }

    private static MethodHandle function(String name, MemoryLayout... arguments) {
        return Libc.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle longFunction(String name, MemoryLayout... arguments) {
        return Libc.function(name, FunctionDescriptor.of(JAVA_LONG, arguments));
    }
}
