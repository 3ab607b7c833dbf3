package io.holdfast.service.admin;

import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// How a key with its secret is written for those who use it.
enum KeyFormat {
    /// `NAME ALGORITHM SECRET`.
    LINE,
    /// A statement of named.conf, which `nsupdate -k` and `dig -k` read too.
    BIND,
    /// The one line that `knsupdate -k` and `kdig -k` read.
    KNSUPDATE,
    /// A section of knot.conf.
    KNOT,
    /// An element of `tsig-keys` in the configuration of Kea's D2.
    KEA;

    static KeyFormat named(String word) throws AdministrationException {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new AdministrationException(
                                Kind.INVALID,
                                "\""
                                        + word
                                        + "\" is no format of keys; there are "
                                        + Arrays.toString(values())));
    }

    List<String> of(TsigKey key) {
        String secret = Base64.getEncoder().encodeToString(key.secret());
        String algorithm = key.algorithm().toString();
        String text =
                switch (this) {
                    case LINE -> key.name() + " " + algorithm + " " + secret;
                    case BIND ->
                            """
                            key "%s" {
                                algorithm %s;
                                secret "%s";
                            };
                            """
                                    .formatted(key.name(), algorithm, secret);
                    case KNSUPDATE -> algorithm + ":" + key.name() + ":" + secret;
                    case KNOT ->
                            """
                            key:
                              - id: %s
                                algorithm: %s
                                secret: %s
                            """
                                    .formatted(key.name(), algorithm, secret);
                    case KEA ->
                            "{ \"name\": \"%s\", \"algorithm\": \"%s\", \"secret\": \"%s\" }"
                                    .formatted(
                                            key.name(), algorithm.toUpperCase(Locale.ROOT), secret);
                };
        return text.lines().toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
