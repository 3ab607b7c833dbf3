package io.holdfast.e2e;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A socket of this JVM inside a namespace: starting a program for each question would take longer
/// than what is measured. On Linux a thread, not a process, lives in a namespace, and a socket
/// stays where it was made.
final class Inside {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private Inside() {}

    /// A UDP socket in the namespace, connected to one server.
    static DatagramSocket socket(Namespace namespace, String host, int port) {
        CompletableFuture<DatagramSocket> made = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        enter(namespace);
                        DatagramSocket socket = new DatagramSocket();
                        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(host), port));
                        made.complete(socket);
                    } catch (Throwable e) {
                        made.completeExceptionally(e);
                    }
                });
        try {
            return made.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no socket in " + namespace.name(), e);
        }
    }

    /// Sends a question and waits for the answer, again and again until one comes.
    static byte[] exchange(DatagramSocket socket, byte[] question) {
        byte[] room = new byte[1500];
        DatagramPacket answer = new DatagramPacket(room, room.length);
        List<IOException> again = new ArrayList<>();
        while (again.size() < 10) {
            try {
                socket.setSoTimeout(1_000);
                socket.send(new DatagramPacket(question, question.length));
                socket.receive(answer);
                return Arrays.copyOf(room, answer.getLength());
            } catch (SocketTimeoutException | PortUnreachableException e) {
                again.add(e); // nobody there yet, or a lost datagram
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError(
                "no answer from " + socket.getRemoteSocketAddress() + ": " + again);
    }

    @SuppressWarnings("restricted") // native calls are what entering takes
    private static void enter(Namespace namespace) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle open =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("open"),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        MethodHandle setns =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setns"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle close =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("close"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int fd =
                    (int) open.invokeExact(arena.allocateFrom("/run/netns/" + namespace.name()), 0);
            int entered = (int) setns.invokeExact(fd, CLONE_NEWNET);
            int closed = (int) close.invokeExact(fd);
            if (entered != 0 || closed != 0) {
                throw new IOException("cannot enter the namespace " + namespace.name());
            }
        }
    }
}
