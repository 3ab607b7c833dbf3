package io.holdfast.service.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Where the running service's socket is: `admin/socket` in the data folder.
///
/// The system allows a socket's path about 100 octets. A data folder that lies deeper has a file
/// `admin/where` instead, naming a socket in a temporary folder. Both folders are closed to others:
/// who may read the data may administer, nobody else.
final class SocketPlace {
    /// 104 on macOS, 108 on Linux, with the closing zero.
    private static final int MAX_PATH = 100;

    private static final String SOCKET = "socket";
    private static final String OWNER_ONLY = "rwx------";

    private final Path folder;
    private final Path where;

    private SocketPlace(Path folder) {
        this.folder = folder;
        this.where = folder.resolve("where");
    }

    static SocketPlace of(Path data) {
        return new SocketPlace(data.toAbsolutePath().resolve("admin"));
    }

    /// Connects to the service that runs on the folder; empty when none does.
    Optional<SocketChannel> connect() {
        try {
            Path socket = Files.exists(where) ? Path.of(Files.readString(where)) : inFolder();
            return Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException | IllegalArgumentException nobodyThere) {
            return Optional.empty();
        }
    }

    /// Listens. Only for who holds the data folder's lock: what lies here is from one that was
    /// killed, and is replaced.
    ServerSocketChannel listen() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
        restrict(folder);
        remove();
        Path socket = inFolder();
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            socket = Files.createTempDirectory("holdfast").resolve(SOCKET);
            Files.writeString(where, socket.toString());
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return channel.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /// Removes whatever is left.
    void remove() throws IOException {
        if (Files.exists(where)) {
            Path elsewhere = Path.of(Files.readString(where));
            Files.delete(where);
            Path temporary = elsewhere.getParent();
            if (temporary != null && elsewhere.endsWith(SOCKET)) {
                Files.deleteIfExists(elsewhere);
                Files.deleteIfExists(temporary);
            }
        }
        Files.deleteIfExists(inFolder());
    }

    private Path inFolder() {
        return folder.resolve(SOCKET);
    }

    private static void restrict(Path folder) throws IOException {
        PosixFileAttributeView posix =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString(OWNER_ONLY));
        }
    }
}
