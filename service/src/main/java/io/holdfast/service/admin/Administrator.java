package io.holdfast.service.admin;

import io.holdfast.service.change.Registry;
import io.holdfast.service.store.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Has requests done on a data folder, by the service that runs on it or, when none runs, here.
public final class Administrator {
    /// A service that is starting or stopping holds the folder and does not listen: it is waited
    /// for. So is another command.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path data;

    /// @param data the data folder; made when it is missing and no service runs
    public Administrator(Path data) {
        this.data = data;
    }

    /// Waits until the request is done.
    ///
    /// @return the exit code, [Answer#DONE] or [Answer#COULD_NOT]
    /// @throws StoreException if the folder cannot be used, naming it and the mend
    /// @throws IOException if it is too large for a running service, or the service went away in
    ///   the middle; what was asked for may or may not have been done then
    public int ask(Request request, Answer answer) throws StoreException, IOException {
        Optional<String> objection = request.objection();
        if (objection.isPresent()) {
            answer.remark(objection.get());
            return Answer.COULD_NOT;
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<SocketChannel> service = SocketPlace.of(data).connect();
            if (service.isPresent()) {
                try (SocketChannel channel = service.get()) {
                    return askService(channel, request, answer);
                }
            }
            try (Registry registry =
                    Registry.open(data, InstantSource.system(), new SecureRandom())) {
                return new CommandHandler(registry, Optional.empty()).handle(request, answer);
            } catch (StoreException failed) {
                if (!failed.isInUse() || System.nanoTime() - until > 0) {
                    throw failed;
                }
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the data folder");
        }
    }

    private static int askService(SocketChannel channel, Request request, Answer answer)
            throws IOException {
        if (!request.fits()) {
            throw new IOException(
                    "a running service takes "
                            + (Request.MAX_BODY >> 20)
                            + " MiB at once, and this is more; give it in pieces, or while no"
                            + " service runs");
        }
        var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        try {
            request.writeTo(out);
            return Frames.replay(in, answer);
        } catch (ProtocolException otherVersion) {
            throw otherVersion;
        } catch (IOException gone) {
            throw new IOException(
                    "the service went away before it answered; it may or may not have been done",
                    gone);
        }
    }
}
