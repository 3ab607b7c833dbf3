package io.holdfast.service.http;

import io.holdfast.service.dyndns.Dialect;
import io.holdfast.service.dyndns.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Says the status and nothing else: Jetty's own error pages repeat the address of the request,
/// which may hold a secret. On an update path our own trouble, and the end of the service, are told
/// in a word that the client knows.
final class PlainErrors implements Request.Handler {
    private final UpdateHandler updateHandler;

    /// @param updateHandler knows which requests are updates
    PlainErrors(UpdateHandler updateHandler) {
        this.updateHandler = updateHandler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        boolean ours =
                status == HttpStatus.INTERNAL_SERVER_ERROR_500
                        || status == HttpStatus.SERVICE_UNAVAILABLE_503;
        Optional<Dialect> dialect = ours ? updateHandler.dialect(request) : Optional.empty();
        if (dialect.isPresent()) {
            Rejection why = new Rejection.Fault("the service is stopping or in trouble");
            UpdateHandler.send(dialect.get().render(why), response, callback);
            return true;
        }
        byte[] body =
                (status + " " + HttpStatus.getMessage(status) + "\n")
                        .getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
