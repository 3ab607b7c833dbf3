package io.holdfast.service.dyndns;

import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.runtime.OutsideText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads which hosts a request is about.
public final class HostList {
    /// How many hosts one request may name; as many as Dyn took.
    static final int MAX_HOSTS = 20;

    private static final int SHOWN = 60;

    /// One host as it stands in the request.
    public sealed interface Entry {
        record Host(Name name) implements Entry {}

        /// @param reason for people, naming the text
        record NotQualified(String reason) implements Entry {}
    }

    static final List<String> PARAMETERS =
            List.of("hostname", "Hostname", "host_id", "host", "domain", "domains", "zone");

    // Clients of the first dyndns protocol write `hostname=YES` and put the name into `host_id`.
    private static final List<String> PARAMETERS_AFTER_YES =
            PARAMETERS.subList(PARAMETERS.indexOf("host_id"), PARAMETERS.size());

    private HostList() {}

    /// The host names as sent, in order; empty if the request names none.
    static Optional<Parameters.Given> given(Parameters parameters) {
        return parameters
                .list(PARAMETERS)
                .flatMap(hosts ->
                        hosts.values().equals(List.of("YES"))
                                ? parameters.list(PARAMETERS_AFTER_YES)
                                : Optional.of(hosts));
    }

    /// Those of the entries that could be read, each once, in order.
    static Set<Name> names(List<Entry> entries) {
        Set<Name> names = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Host(var name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// The names among the texts, of as many as one request may have.
    static Set<Name> names(Stream<String> texts) {
        return names(texts.limit(MAX_HOSTS).map(HostList::read).toList());
    }

    /// One name, as [HostName] reads it.
    static Entry read(String text) {
        return switch (HostName.read(text)) {
            case HostName.Reading.Host(var name) -> new Entry.Host(name);
            case HostName.Reading.None(var why) ->
                    new Entry.NotQualified('"' + OutsideText.printable(text, SHOWN) + "\" " + why);
        };
    }
}
