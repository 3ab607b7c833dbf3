package io.holdfast.service.http;

import io.holdfast.runtime.RateLimitedLog;
import io.holdfast.service.dyndns.CheckIp;
import io.holdfast.service.dyndns.Dyndns2;
import io.holdfast.service.dyndns.Parameters;
import io.holdfast.service.dyndns.Reply;
import io.holdfast.service.dyndns.Source;
import io.holdfast.service.dyndns.UpdateRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
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
import org.slf4j.LoggerFactory;

/// Answers updates and address questions on the thread that read the request, and without holding
/// any thread while a change becomes durable. Everything else goes on to the pages, each request on
/// a virtual thread of its own, because pages may block.
final class FastLane extends Handler.Wrapper {
    private static final Set<String> CHECK_IP_METHODS = Set.of("GET", "HEAD");

    /// A fault of ours at every update would otherwise be a page of log each.
    private final RateLimitedLog faults =
            new RateLimitedLog(
                    LoggerFactory.getLogger(FastLane.class),
                    InstantSource.system(),
                    10,
                    Duration.ofMinutes(1));

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
        if (isUpdate(path)) {
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

    /// Whether it is a path, as [RequestPath] gives it, that takes updates.
    static boolean isUpdate(String path) {
        return Dyndns2.PATHS.contains(path);
    }

    private void update(Request request, Response response, Callback callback) {
        CompletableFuture<Reply> reply = answer(request).exceptionally(this::fault);
        if (reply.isDone()) {
            send(reply.join(), response, callback);
            return;
        }
        request.addIdleTimeoutListener(_ -> giveUp(request, reply));
        var _ = reply.thenAcceptAsync(done -> send(done, response, callback), senders);
    }

    private CompletableFuture<Reply> answer(Request request) {
        String method = request.getMethod();
        if (!Dyndns2.METHODS.contains(method)) {
            return CompletableFuture.completedFuture(Reply.methodNotAllowed(Dyndns2.ALLOW));
        }
        if (request.getHttpURI().getFragment() != null) {
            // RFC 9112 §3.2: no form of a request target has one. What stands in it is not read.
            return CompletableFuture.completedFuture(
                    Reply.malformed("there is a # in the request; write it as %23"));
        }
        return FormBody.of(request)
                .thenCompose(body ->
                        switch (body) {
                            case FormBody.Outcome.Read(var form) ->
                                    dyndns2.answer(read(request, form));
                            case FormBody.Outcome.NotRead(var why) ->
                                    CompletableFuture.completedFuture(why);
                        });
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

    private UpdateRequest read(Request request, Parameters form) {
        String query = request.getHttpURI().getQuery();
        Parameters inQuery = query == null ? Parameters.NONE : Parameters.of(query);
        return new UpdateRequest(
                request.getMethod(),
                inQuery.and(form),
                request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
                client(request),
                Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.USER_AGENT), ""));
    }

    private Reply fault(Throwable thrown) {
        Throwable cause = Objects.requireNonNullElse(thrown.getCause(), thrown);
        faults.error("an update could not be answered", cause);
        return Reply.fault("internal fault");
    }

    private Reply checkIp(Request request, boolean page) {
        if (!CHECK_IP_METHODS.contains(request.getMethod())) {
            return Reply.methodNotAllowed("GET, HEAD");
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
