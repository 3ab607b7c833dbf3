package io.holdfast.service.http;

import io.holdfast.service.dyndns.CheckIp;
import io.holdfast.service.dyndns.Dialect;
import io.holdfast.service.dyndns.HttpUpdates;
import io.holdfast.service.dyndns.Parameters;
import io.holdfast.service.dyndns.Rejection;
import io.holdfast.service.dyndns.Reply;
import io.holdfast.service.dyndns.Source;
import io.holdfast.service.dyndns.UpdateRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/// Answers updates and address questions on the thread that read the request, and without holding
/// any thread while a change becomes durable. Everything else goes on to the pages, each request on
/// a virtual thread of its own, because pages may block.
final class UpdateHandler extends Handler.Wrapper {
    private static final Set<String> CHECK_IP_METHODS = Set.of("GET", "HEAD");

    private final HttpUpdates updates;
    private final TrustedProxies proxies;
    private final Executor senders;
    private final Executor virtualThreads;

    /// @param pages serves everything else
    /// @param senders sends replies that had to wait: the thread that completes a change has better
    ///   to do
    /// @param virtualThreads runs the pages
    UpdateHandler(
            HttpUpdates updates,
            TrustedProxies proxies,
            Handler pages,
            Executor senders,
            Executor virtualThreads) {
        super(pages);
        this.updates = updates;
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
        if (updates.dialects().mayTake(path)) {
            UpdateRequest head = head(request, path);
            Optional<Dialect> dialect = updates.dialects().of(head);
            if (dialect.isPresent()) {
                update(dialect.get(), head, request, response, callback);
                return true;
            }
        }
        if (CheckIp.BARE_PATHS.contains(path)) {
            send(checkIp(request, false), response, callback);
        } else if (CheckIp.PAGE_PATHS.contains(path) || isCheckIpHost(request, path)) {
            send(checkIp(request, true), response, callback);
        } else {
            virtualThreads.execute(() -> page(request, response, callback));
        }
        return true;
    }

    /// The dialect of a request, if it is an update.
    Optional<Dialect> dialect(Request request) {
        String path = RequestPath.of(request);
        return updates.dialects().mayTake(path)
                ? updates.dialects().of(head(request, path))
                : Optional.empty();
    }

    private void update(
            Dialect dialect,
            UpdateRequest head,
            Request request,
            Response response,
            Callback callback) {
        if (!Dialect.METHODS.contains(request.getMethod())) {
            send(dialect.render(new Rejection.MethodNotAllowed()), response, callback);
            return;
        }
        if (request.getHttpURI().getFragment() != null) {
            // RFC 9112 §3.2: no form of a request target has one. What stands in it is not read.
            Rejection why =
                    Rejection.NotRead.malformed("there is a # in the request; write it as %23");
            send(dialect.render(why), response, callback);
            return;
        }
        var _ =
                FormBody.of(request)
                        .thenAccept(body -> {
                            switch (body) {
                                case FormBody.Outcome.Read(var text, var form) -> {
                                    UpdateRequest whole = head.with(text, form);
                                    // A form may say what the query does not.
                                    Dialect spoken = updates.dialects().of(whole).orElse(dialect);
                                    answer(spoken, whole, request, response, callback);
                                }
                                case FormBody.Outcome.NotRead(var why) ->
                                        send(dialect.render(why), response, callback);
                            }
                        });
    }

    private void answer(
            Dialect dialect,
            UpdateRequest whole,
            Request request,
            Response response,
            Callback callback) {
        CompletableFuture<Reply> reply = updates.answer(dialect, whole);
        if (reply.isDone()) {
            send(reply.join(), response, callback);
            return;
        }
        request.addIdleTimeoutListener(_ -> giveUp(dialect, request, reply));
        var _ = reply.thenAcceptAsync(done -> send(done, response, callback), senders);
    }

    /// Called when nothing has happened on a connection for [HttpFront#IDLE], or much sooner while
    /// the server stops: then what is in hand may still be finished.
    ///
    /// @return false: the connection goes on, with the answer
    private static boolean giveUp(
            Dialect dialect, Request request, CompletableFuture<Reply> reply) {
        if (NanoTime.millisSince(request.getBeginNanoTime()) > HttpFront.IDLE.toMillis() / 2) {
            reply.complete(
                    dialect.render(new Rejection.Fault("not done in time; it may be done later")));
        }
        return false;
    }

    private UpdateRequest head(Request request, String path) {
        String query = request.getHttpURI().getQuery();
        return new UpdateRequest(
                request.getMethod(),
                path,
                query == null ? Parameters.NONE : Parameters.of(query),
                request.getHeaders()::getValuesList,
                "",
                client(request));
    }

    private Reply checkIp(Request request, boolean page) {
        if (!CHECK_IP_METHODS.contains(request.getMethod())) {
            return CheckIp.methodNotAllowed();
        }
        Source source = client(request);
        if (!source.isClient()) {
            return CheckIp.unknown();
        }
        InetAddress client = source.address();
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

    private Source client(Request request) {
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

    static void send(Reply reply, Response response, Callback callback) {
        byte[] body = reply.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
