package io.holdfast.cli;

import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `holdfast key`: secrets that sign DNS updates and transfers.
@Command(
        name = "key",
        description = "TSIG keys, which sign DNS updates and transfers.",
        subcommands = {
            KeyCommand.Add.class,
            KeyCommand.All.class,
            KeyCommand.Show.class,
            KeyCommand.Remove.class
        })
final class KeyCommand {

    @Command(
            name = "add",
            description = {
                "Makes a key; prints its NAME, ALGORITHM and SECRET on one line.",
                "What it may change is said by --host, --subdomain and --zone, each as often as"
                        + " needed. The usual is one key a host, named as the host."
            })
    static final class Add extends AdminCommand {
        @Parameters(
                paramLabel = "NAME",
                arity = "0..1",
                description = "Its name (else that of the host).")
        private @Nullable String name;

        @Option(
                names = "--host",
                paramLabel = "FQDN",
                description =
                        "May change this host, and TXT at _acme-challenge below it, so that the"
                                + " host can get certificates.")
        private List<String> hosts = new ArrayList<>();

        @Option(
                names = "--subdomain",
                paramLabel = "NAME",
                description = "May change this name and everything below it.")
        private List<String> subdomains = new ArrayList<>();

        @Option(
                names = "--zone",
                paramLabel = "NAME",
                description = "May change everything in this zone.")
        private List<String> zones = new ArrayList<>();

        @Option(
                names = "--transfer",
                description = "Changes nothing; for transfers to secondaries and signed queries.")
        private boolean transfer;

        @Option(
                names = "--types",
                paramLabel = "TYPES",
                description =
                        "Only these types of records, perhaps with how many may stand at a name:"
                                + " A,AAAA,TXT(5)")
        private @Nullable String types;

        @Option(
                names = "--algorithm",
                paramLabel = "NAME",
                description =
                        "hmac-sha256 unless said otherwise; -sha1, -sha224, -sha384, -sha512.")
        private @Nullable String algorithm;

        @Option(
                names = "--secret",
                paramLabel = "BASE64",
                description = "Its secret, taken as it is (else a strong one is made).")
        private @Nullable String secret;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "line (the usual), bind, knsupdate, knot or kea.")
        private @Nullable String format;

        @Override
        Request request() {
            List<String> grants = grants();
            if (transfer && !grants.isEmpty()) {
                throw wrong(
                        "--transfer makes a key that changes nothing, and --host, --subdomain and"
                                + " --zone say what one changes; leave out one or the other (a key"
                                + " that changes something signs transfers as well, where"
                                + " transfer-key names it)");
            }
            if (!transfer && grants.isEmpty()) {
                throw wrong(
                        "say what the key may change: --host, --subdomain or --zone; or that it"
                                + " changes nothing: --transfer");
            }
            if (transfer && types != null) {
                throw wrong("--types says what may be changed; --transfer changes nothing");
            }
            return Request.of(Verb.KEY_ADD, keyName())
                    .with(Detail.ALGORITHM, Optional.ofNullable(algorithm))
                    .with(Detail.SECRET, Optional.ofNullable(secret))
                    .with(Detail.FORMAT, Optional.ofNullable(format))
                    .withBody(String.join("\n", grants));
        }

        private String keyName() {
            if (name != null) {
                return name;
            }
            if (hosts.size() != 1) {
                throw wrong("say the key's NAME; only with one --host it is the host's");
            }
            return hosts.getFirst();
        }

        /// One line each, as [io.holdfast.service.account.Grant#parse] reads them.
        private List<String> grants() {
            String listed = types == null ? "" : " " + types.replace(" ", "");
            return Stream.of(
                            hosts.stream().map(host -> "self " + host),
                            subdomains.stream().map(top -> "subdomain " + top),
                            zones.stream().map(apex -> "zone " + apex))
                    .flatMap(each -> each)
                    .map(grant -> grant + listed)
                    .toList();
        }

        private ParameterException wrong(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }

    @Command(
            name = "list",
            description = "Prints every key and what it may change, one a line; no secrets.")
    static final class All extends AdminCommand {
        @Mixin private JsonOption json = new JsonOption();

        @Override
        Request request() {
            return in(json, Request.of(Verb.KEY_LIST));
        }
    }

    @Command(
            name = "show",
            description = "Prints a key with its secret, as a file that nsupdate -k reads.")
    static final class Show extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "bind (the usual), knsupdate, knot, kea or line.")
        private @Nullable String format;

        @Override
        Request request() {
            return Request.of(Verb.KEY_SHOW, name).with(Detail.FORMAT, Optional.ofNullable(format));
        }
    }

    @Command(name = "remove", description = "Removes keys; what they sign is refused from then on.")
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Their names.")
        private List<String> names = new ArrayList<>();

        @Override
        Request request() {
            return Request.of(Verb.KEY_REMOVE, names);
        }
    }
}
