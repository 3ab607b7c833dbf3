package io.holdfast.service.admin;

import io.holdfast.runtime.PerpetualLoop;
import io.holdfast.service.change.Registry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running service's ear for its operator: takes requests at the data folder's private socket,
/// each on a virtual thread, one a connection.
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

    /// How long a request that is being done may take to finish when the service stops.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SocketPlace place;
    private final ServerSocketChannel listening;
    private final CommandHandler commands;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final PerpetualLoop accepting =
            new PerpetualLoop(this::acceptOne, AdminSocket::acceptFailed);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private AdminSocket(SocketPlace place, ServerSocketChannel listening, CommandHandler commands) {
        this.place = place;
        this.listening = listening;
        this.commands = commands;
    }

    /// Listens at once.
    ///
    /// @param data the data folder; its lock must be held by the registry
    /// @param service what the registry alone does not know
    public static AdminSocket open(Path data, Registry registry, RunningService service)
            throws IOException {
        SocketPlace place = SocketPlace.of(data);
        AdminSocket socket =
                new AdminSocket(
                        place, place.listen(), new CommandHandler(registry, Optional.of(service)));
        socket.threads.execute(socket.accepting);
        return socket;
    }

    /// Takes no more requests, lets those that are being done finish, and leaves nothing behind.
    @Override
    public void close() {
        accepting.close();
        try {
            listening.close();
            place.remove();
        } catch (IOException e) {
            LOG.warn("the administration socket is not cleanly away: {}", e.toString());
        }
        commands.stop();
        threads.shutdown();
        if (!finished()) {
            LOG.warn("an administrative request did not finish within {}", PATIENCE);
        }
        open.forEach(AdminSocket::close);
        threads.shutdownNow();
    }

    private boolean finished() {
        try {
            return threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// @return false once the service stops
    private boolean acceptOne() throws IOException {
        SocketChannel client;
        try {
            client = listening.accept();
        } catch (ClosedChannelException closed) {
            return false;
        }
        boolean started = false;
        try {
            open.add(client);
            threads.execute(() -> serve(client));
            started = true;
        } catch (RejectedExecutionException stopping) {
            return false;
        } finally {
            if (!started) {
                close(client);
                open.remove(client);
            }
        }
        return true;
    }

    private static void acceptFailed(Throwable fault) {
        LOG.error("an administrative command could not be let in; trying on", fault);
    }

    private void serve(SocketChannel client) {
        try {
            converse(client);
        } catch (IOException | UncheckedIOException gone) {
            LOG.debug("an administrative command went away", gone);
        } finally {
            close(client);
            open.remove(client);
        }
    }

    private void converse(SocketChannel client) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(client)));
        var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(client)));
        Frames answer = new Frames(out);
        try {
            answer.end(commands.handle(Request.readFrom(in), answer));
        } catch (ProtocolException otherVersion) {
            answer.remark(String.valueOf(otherVersion.getMessage()));
            answer.end(Answer.COULD_NOT);
        } catch (UncheckedIOException gone) {
            throw gone;
        } catch (RuntimeException | Error bug) {
            LOG.error("a bug in administration", bug);
            answer.remark("the service failed at this by a bug; its log says more");
            answer.end(Answer.COULD_NOT);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing an administrative connection", e);
        }
    }
}
