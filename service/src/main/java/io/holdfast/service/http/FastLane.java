package io.holdfast.service.http;

import io.holdfast.service.dyndns.CheckIp;
import io.holdfast.service.dyndns.Dyndns2;
import io.holdfast.service.dyndns.Parameters;
import io.holdfast.service.dyndns.Reply;
import io.holdfast.service.dyndns.UpdateRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers updates and address questions on the thread that read the request, and without holding
/// any thread while a change becomes durable. Everything else goes on to the pages, each request on
/// a virtual thread of its own, because pages may block.
final class FastLane extends Handler.Wrapper {
    /// The largest form that is read, in octets; 20 of the longest names and two addresses fit.
    static final int MAX_FORM = 8 * 1024;

    private static final Logger log = LoggerFactory.getLogger(FastLane.class);

    private final Dyndns2 dyndns2;
    private final TrustedProxies proxies;
    private final Executor senders;
    private final Executor virtualThreads;

    /// @param pages serves everything else
    /// @param senders sends replies that had to wait: the thread that completes a change has better
    ///   to do
    /// @param virtualThreads runs the pages
    FastLane(
            Dyndns2 dyndns2,
            TrustedProxies proxies,
            Handler pages,
            Executor senders,
            Executor virtualThreads) {
        super(pages);
        this.dyndns2 = dyndns2;
        this.proxies = proxies;
        this.senders = senders;
        this.virtualThreads = virtualThreads;
    }

    /// Lets Jetty call [#handle] on its reading thread; the pages, which may block, are handed on.
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = RequestPath.of(request);
        if (Dyndns2.PATHS.contains(path)) {
            update(request, response, callback);
        } else if (CheckIp.BARE_PATHS.contains(path)) {
            send(checkIp(request, false), response, callback);
        } else if (CheckIp.PAGE_PATHS.contains(path) || isCheckIpHost(request, path)) {
            send(checkIp(request, true), response, callback);
        } else {
            virtualThreads.execute(() -> page(request, response, callback));
        }
        return true;
    }

    private void update(Request request, Response response, Callback callback) {
        CompletableFuture<Reply> reply =
                parameters(request)
                        .thenCompose(parameters -> answer(request, parameters))
                        .exceptionally(FastLane::fault);
        if (reply.isDone()) {
            send(reply.join(), response, callback);
            return;
        }
        request.addIdleTimeoutListener(_ -> giveUp(request, reply));
        var _ = reply.thenAcceptAsync(done -> send(done, response, callback), senders);
    }

    private CompletableFuture<Reply> answer(Request request, Optional<Parameters> parameters) {
        return parameters
                .map(given -> dyndns2.answer(read(request, given)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reply.tooLarge(MAX_FORM)));
    }

    /// Called when nothing has happened on a connection for [HttpFront#IDLE], or much sooner while
    /// the server stops: then what is in hand may still be finished.
    ///
    /// @return false: the connection goes on, with the answer
    private static boolean giveUp(Request request, CompletableFuture<Reply> reply) {
        if (NanoTime.millisSince(request.getBeginNanoTime()) > HttpFront.IDLE.toMillis() / 2) {
            reply.complete(Reply.fault("not done in time; it may be done later"));
        }
        return false;
    }

    private UpdateRequest read(Request request, Parameters parameters) {
        return new UpdateRequest(
                request.getMethod().toUpperCase(Locale.ROOT),
                parameters,
                request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
                client(request),
                Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.USER_AGENT), ""));
    }

    /// Those of the query, and of the body of a POST whatever type it claims to have; empty if the
    /// body is larger than [#MAX_FORM] or breaks off.
    private static CompletableFuture<Optional<Parameters>> parameters(Request request) {
        String query = request.getHttpURI().getQuery();
        Parameters inQuery = query == null ? Parameters.NONE : Parameters.of(query);
        if (!request.getMethod().equals("POST") || request.getLength() == 0) {
            return CompletableFuture.completedFuture(Optional.of(inQuery));
        }
        if (request.getLength() > MAX_FORM) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, MAX_FORM, Promise.Invocable.toPromise(body));
        return body.thenApply(form -> new String(form, StandardCharsets.UTF_8))
                .thenApply(form -> Optional.of(inQuery.and(Parameters.of(form))))
                .exceptionally(_ -> Optional.empty());
    }

    private static Reply fault(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        log.error("an update could not be answered", cause);
        return Reply.fault("internal fault");
    }

    private Reply checkIp(Request request, boolean page) {
        InetAddress client = client(request);
        String accept = request.getHeaders().get(HttpHeader.ACCEPT);
        if (accept != null && accept.contains("application/json")) {
            return CheckIp.json(client);
        }
        return page ? CheckIp.page(client) : CheckIp.bare(client);
    }

    /// `http://checkip.dyn.example/`, as with `checkip.dyndns.org`.
    private static boolean isCheckIpHost(Request request, String path) {
        String host = request.getHttpURI().getHost();
        return path.equals("/")
                && host != null
                && host.toLowerCase(Locale.ROOT).startsWith("checkip.");
    }

    private InetAddress client(Request request) {
        InetSocketAddress peer =
                (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
        return proxies.client(
                peer.getAddress(), request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR));
    }

    private void page(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    private static void send(Reply reply, Response response, Callback callback) {
        byte[] body = reply.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
