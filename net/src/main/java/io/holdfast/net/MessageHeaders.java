package io.holdfast.net;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// An array of `struct mmsghdr`, each with an `iovec` of its own, as 64-bit Linux lays them out:
///
/// ```
///  0        8         16      24       32        40            48      56        60       64
///  | name * | namelen | iov * | iovlen | control*| controllen  | flags | msg_len | padding |
/// ```
///
/// musl declares some of the lengths narrower and pads them; on a little-endian machine these are
/// the same octets.
final class MessageHeaders {
    private static final StructLayout IOVEC =
            MemoryLayout.structLayout(ADDRESS.withName("base"), JAVA_LONG.withName("length"));

    private static final StructLayout MMSGHDR =
            MemoryLayout.structLayout(
                    ADDRESS.withName("name"),
                    JAVA_INT.withName("nameLength"),
                    MemoryLayout.paddingLayout(4),
                    ADDRESS.withName("iov"),
                    JAVA_LONG.withName("iovLength"),
                    ADDRESS.withName("control"),
                    JAVA_LONG.withName("controlLength"),
                    JAVA_INT.withName("flags"),
                    MemoryLayout.paddingLayout(4),
                    JAVA_INT.withName("transferred"),
                    MemoryLayout.paddingLayout(4));

    private static final long SIZE = MMSGHDR.byteSize();
    private static final long NAME = offset("name");
    private static final long NAME_LENGTH = offset("nameLength");
    private static final long IOV = offset("iov");
    private static final long IOV_LENGTH = offset("iovLength");
    private static final long CONTROL = offset("control");
    private static final long CONTROL_LENGTH = offset("controlLength");
    private static final long TRANSFERRED = offset("transferred");
    private static final long IOVEC_SIZE = IOVEC.byteSize();
    private static final long IOVEC_LENGTH = IOVEC.byteOffset(groupElement("length"));

    private final MemorySegment headers;
    private final MemorySegment iovecs;

    MessageHeaders(Arena arena, int count) {
        headers = arena.allocate(MMSGHDR, count);
        iovecs = arena.allocate(IOVEC, count);
        for (int i = 0; i < count; i++) {
            headers.set(ADDRESS, i * SIZE + IOV, iovecs.asSlice(i * IOVEC_SIZE, IOVEC_SIZE));
            headers.set(JAVA_LONG, i * SIZE + IOV_LENGTH, 1);
        }
    }

    /// Whether the layout came out as the kernel's on this machine.
    static boolean isTheKernels() {
        return SIZE == 64
                && NAME == 0
                && NAME_LENGTH == 8
                && IOV == 16
                && IOV_LENGTH == 24
                && CONTROL == 32
                && CONTROL_LENGTH == 40
                && TRANSFERRED == 56
                && IOVEC_SIZE == 16
                && IOVEC_LENGTH == 8;
    }

    /// The header that begins at the i-th, and those after it.
    MemorySegment from(int i) {
        return i == 0 ? headers : headers.asSlice(i * SIZE);
    }

    void setData(int i, long address, long length) {
        iovecs.set(JAVA_LONG, i * IOVEC_SIZE, address);
        iovecs.set(JAVA_LONG, i * IOVEC_SIZE + IOVEC_LENGTH, length);
    }

    void setName(int i, long address, int length) {
        headers.set(JAVA_LONG, i * SIZE + NAME, address);
        headers.set(JAVA_INT, i * SIZE + NAME_LENGTH, length);
    }

    void setNameLength(int i, int length) {
        headers.set(JAVA_INT, i * SIZE + NAME_LENGTH, length);
    }

    int nameLength(int i) {
        return headers.get(JAVA_INT, i * SIZE + NAME_LENGTH);
    }

    void setControl(int i, long address, long length) {
        headers.set(JAVA_LONG, i * SIZE + CONTROL, address);
        headers.set(JAVA_LONG, i * SIZE + CONTROL_LENGTH, length);
    }

    /// How many octets of control data the kernel gave.
    long controlLength(int i) {
        return headers.get(JAVA_LONG, i * SIZE + CONTROL_LENGTH);
    }

    /// How many octets of data were received.
    int transferred(int i) {
        return headers.get(JAVA_INT, i * SIZE + TRANSFERRED);
    }

    private static long offset(String field) {
        return MMSGHDR.byteOffset(groupElement(field));
    }
}
