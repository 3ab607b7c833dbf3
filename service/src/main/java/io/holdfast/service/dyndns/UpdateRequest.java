package io.holdfast.service.dyndns;

import io.holdfast.net.address.AddressText;
import java.util.List;

/// What a client sent to an update path, before anybody has made sense of it.
///
/// @param method the HTTP method, in upper case
/// @param parameters those of the query, followed by those of a form
/// @param authorization the `Authorization` headers; one, as a rule
/// @param source the client's address, behind whatever proxies are trusted, if they say it
/// @param agent the `User-Agent` header, empty if there is none
public record UpdateRequest(
        String method,
        Parameters parameters,
        List<String> authorization,
        Source source,
        String agent) {

    public UpdateRequest {
        authorization = List.copyOf(authorization);
    }

    /// Says nothing that could be a secret.
    @Override
    public String toString() {
        return "UpdateRequest[" + method + " from " + AddressText.of(source.address()) + "]";
    }
}
