package io.holdfast.service.admin;

import io.holdfast.service.change.Registry;
import io.holdfast.service.store.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/// Has requests done on a data folder, by the service that runs on it or, when none runs, here.
public final class Administrator {
    private final Path data;

    /// @param data the data folder; made when it is missing and no service runs
    public Administrator(Path data) {
        this.data = data;
    }

    /// Waits until the request is done.
    ///
    /// @return the exit code, [Answer#DONE] or [Answer#COULD_NOT]
    /// @throws StoreException if the folder cannot be used, naming it and the mend
    /// @throws IOException if the service went away in the middle; what was asked for may or may
    ///   not have been done
    public int ask(Request request, Answer answer) throws StoreException, IOException {
        Optional<SocketChannel> service = SocketPlace.of(data).connect();
        if (service.isPresent()) {
            try (SocketChannel channel = service.get()) {
                return askService(channel, request, answer);
            }
        }
        try (Registry registry = Registry.open(data, InstantSource.system(), new SecureRandom())) {
            return new Desk(registry).handle(request, answer);
        }
    }

    private static int askService(SocketChannel channel, Request request, Answer answer)
            throws IOException {
        var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        request.writeTo(out);
        try {
            return Frames.replay(in, answer);
        } catch (EOFException early) {
            throw new IOException(
                    "the service went away before it answered; it may or may not have been done",
                    early);
        }
    }
}
