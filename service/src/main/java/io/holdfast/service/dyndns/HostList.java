package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import java.net.IDN;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads which hosts a request is about.
final class HostList {
    /// How many hosts one request may name; as many as Dyn took.
    static final int MAX_HOSTS = 20;

    /// One host as it stands in the request.
    sealed interface Entry {
        record Host(Name name) implements Entry {}

        /// @param reason for people, naming the text
        record NotQualified(String reason) implements Entry {}
    }

    private static final List<String> PARAMETERS =
            List.of("hostname", "Hostname", "host_id", "host", "domain", "domains", "zone");

    // Clients of the first dyndns protocol write `hostname=YES` and put the name into `host_id`.
    private static final List<String> PARAMETERS_AFTER_YES =
            PARAMETERS.subList(PARAMETERS.indexOf("host_id"), PARAMETERS.size());

    // IDNA 2008 keeps these apart from what IDNA 2003, which the JDK has, makes of them (RFC 5894
    // §7.2): converting would update another name than the one meant.
    private static final Pattern CONVERTED_DIFFERENTLY = Pattern.compile("[ßςẞ\u200c\u200d]");

    private static final Pattern LABELS =
            Pattern.compile(
                    "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
                            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)+");

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

    /// One name: any case, with or without the last dot, Unicode labels converted to A-labels, a
    /// wildcard allowed.
    static Entry read(String text) {
        if (text.length() > Name.MAX_LENGTH) { // also keeps long matches off the stack
            return new Entry.NotQualified(quoted(text.substring(0, 60) + "...") + " is too long");
        }
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        try {
            String ascii = isAscii(plain) ? plain : toAscii(plain);
            if (!ascii.contains(".")) {
                return new Entry.NotQualified(quoted(text) + " is not a fully qualified name");
            }
            if (!LABELS.matcher(ascii).matches()) {
                return new Entry.NotQualified(quoted(text) + " is not a host name");
            }
            return new Entry.Host(Name.of(ascii));
        } catch (IllegalArgumentException e) {
            return new Entry.NotQualified(quoted(text) + " is not a host name: " + e.getMessage());
        }
    }

    private static String toAscii(String text) {
        if (CONVERTED_DIFFERENTLY.matcher(text).find()) {
            throw new IllegalArgumentException("write this international name as xn--...");
        }
        return IDN.toASCII(text);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
