package io.holdfast.agent.provider;

import io.holdfast.agent.http.HttpClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// One provider as its file states it.
///
/// @param id what `provider = "..."` says
/// @param title for people
/// @param documentation where its protocol is written down
/// @param protocol how it is spoken to
/// @param server its own server; empty if each user has another
/// @param path where its server takes updates
/// @param together whether it takes both families in one request
/// @param settings what it wants to know besides the name, in the order in which people are shown
///   it
public record ProviderFacts(
        String id,
        String title,
        URI documentation,
        Protocol protocol,
        Optional<URI> server,
        String path,
        boolean together,
        List<Setting> settings) {

    /// The ways of speaking we know.
    public enum Protocol {
        DYNDNS2;

        private List<Setting> settings() {
            return switch (this) {
                case DYNDNS2 -> Dyndns2.SETTINGS;
            };
        }
    }

    public ProviderFacts {
        settings = List.copyOf(settings);
    }

    static ProviderFacts of(String id, Properties written) {
        Protocol protocol = protocol(required(id, written, "protocol"));
        return new ProviderFacts(
                id,
                required(id, written, "title"),
                URI.create(required(id, written, "documentation")),
                protocol,
                Optional.ofNullable(written.getProperty("server")).map(URI::create),
                required(id, written, "path"),
                together(written.getProperty("families", "together")),
                protocol.settings());
    }

    /// The client that speaks to this provider.
    ///
    /// @param http what its requests go by
    /// @param agent our `User-Agent`
    /// @param clock for replies that name a time of day
    public Provider client(HttpClient http, String agent, InstantSource clock) {
        return switch (protocol) {
            case DYNDNS2 -> new Dyndns2(http, path, agent, clock);
        };
    }

    private static Protocol protocol(String text) {
        return switch (text) {
            case "dyndns2" -> Protocol.DYNDNS2;
            default -> throw new IllegalStateException("protocol " + text);
        };
    }

    private static boolean together(String text) {
        return switch (text.strip()) {
            case "together" -> true;
            case "apart" -> false;
            default -> throw new IllegalStateException("families " + text);
        };
    }

    private static String required(String id, Properties written, String key) {
        String value = written.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(id + ".properties lacks " + key);
        }
        return value.strip();
    }
}
