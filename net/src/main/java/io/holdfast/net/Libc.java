package io.holdfast.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Functions of the C library, and the `errno` they leave behind.
@SuppressWarnings("restricted") // native calls are what this class is for
final class Libc {
    /// What the handles of [#function] want as their first argument: where `errno` goes.
    static final StructLayout ERRNO_STATE = Linker.Option.captureStateLayout();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            ERRNO_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    /// A function that sets `errno`; its handle takes the state to capture it in first.
    ///
    /// @throws IllegalCallerException if native calls are not allowed (`--enable-native-access`)
    /// @throws java.util.NoSuchElementException if this C library has no such function
    static MethodHandle function(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                signature,
                Linker.Option.captureCallState("errno"));
    }

    /// The captured error number.
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /// The system's words for an error number, as in `Operation not permitted`.
    static String words(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(1024).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// What a method handle declares and a C function cannot throw.
    static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
