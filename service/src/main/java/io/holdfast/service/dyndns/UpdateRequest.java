package io.holdfast.service.dyndns;

import io.holdfast.net.address.AddressText;
import java.util.List;

/// What a client sent to an update path, before anybody has made sense of it.
///
/// @param method the HTTP method, in upper case
/// @param path without doubled slashes and a last one; a secret may stand in it
/// @param parameters those of the query, followed by those of a form
/// @param headers finds the values of a header, whatever the case of its name
/// @param body as text, within the bound of the HTTP front; empty if there is none
/// @param source the client's address, behind whatever proxies are trusted, if they say it
public record UpdateRequest(
        String method,
        String path,
        Parameters parameters,
        Headers headers,
        String body,
        Source source) {

    /// The headers of a request.
    @FunctionalInterface
    public interface Headers {
        /// The values under this name, each as it stands, in order.
        List<String> values(String name);
    }

    /// The same, with a body that was read as a form.
    public UpdateRequest with(String text, Parameters form) {
        Parameters all = form == Parameters.NONE ? parameters : parameters.and(form);
        return new UpdateRequest(method, path, all, headers, text, source);
    }

    /// What the client calls itself; empty if it does not say.
    String agent() {
        List<String> agents = headers.values("User-Agent");
        return agents.isEmpty() ? "" : agents.getFirst();
    }

    /// Says nothing that could be a secret.
    @Override
    public String toString() {
        return "UpdateRequest[" + method + " from " + AddressText.of(source.address()) + "]";
    }
}
