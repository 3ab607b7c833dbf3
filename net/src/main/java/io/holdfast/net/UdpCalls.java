package io.holdfast.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The system calls that a UDP socket needs on Linux; each gives its result, or minus `errno`.
///
/// One for each thread that calls: it holds the place that `errno` is saved to. The handles are
/// constants, so that the compiler sees through them; a call allocates nothing.
final class UdpCalls {
    static final int EINTR = 4;

    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            call("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SENDMMSG =
            call("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle SHUTDOWN = call("shutdown", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT);
    private final MemorySegment state;

    UdpCalls(Arena arena) {
        state = arena.allocate(Libc.ERRNO_STATE);
    }

    /// Whether the calls reach the system: it must refuse a socket of no family.
    boolean areThere() {
        return socket(-1, 0, 0) < 0;
    }

    int socket(int family, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(state, family, type, protocol));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    int bind(int fd, MemorySegment address, int length) {
        try {
            return result((int) BIND.invokeExact(state, fd, address, length));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// @param length room at `address` when called, what was used of it afterwards; an `int`
    int getsockname(int fd, MemorySegment address, MemorySegment length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, fd, address, length));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Sets an option whose value is an `int`.
    int setsockopt(int fd, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = arena.allocateFrom(JAVA_INT, value);
            int length = (int) JAVA_INT.byteSize();
            return result((int) SETSOCKOPT.invokeExact(state, fd, level, option, at, length));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Without a time limit.
    int recvmmsg(int fd, MemorySegment headers, int count, int flags) {
        try {
            return result(
                    (int)
                            RECVMMSG.invokeExact(
                                    state, fd, headers, count, flags, MemorySegment.NULL));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    int sendmmsg(int fd, MemorySegment headers, int count, int flags) {
        try {
            return result((int) SENDMMSG.invokeExact(state, fd, headers, count, flags));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    int shutdown(int fd, int how) {
        try {
            return result((int) SHUTDOWN.invokeExact(state, fd, how));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(state, fd));
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private int result(int returned) {
        return returned >= 0 ? returned : -Libc.errno(state);
    }

    private static MethodHandle call(String name, ValueLayout... parameters) {
        return Libc.function(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }
}
