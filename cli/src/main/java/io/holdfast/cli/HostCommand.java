package io.holdfast.cli;

import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `holdfast host`: names with an address that moves.
@Command(
        name = "host",
        description = "Names with an address that moves.",
        subcommands = {
            HostCommand.Add.class,
            HostCommand.Secret.class,
            HostCommand.Settings.class,
            HostCommand.Show.class,
            HostCommand.All.class,
            HostCommand.Block.class,
            HostCommand.Unblock.class,
            HostCommand.Remove.class,
            HostCommand.Import.class
        })
final class HostCommand {

    @Command(name = "add", description = "Makes hosts; prints FQDN and SECRET of each, one a line.")
    static final class Add extends MakesHosts {
        @Parameters(paramLabel = "FQDN", arity = "1..*", description = "Their names.")
        private List<String> names = new ArrayList<>();

        @Option(
                names = "--secret",
                paramLabel = "S",
                description = "Their secret, taken as it is (else a strong one is made for each).")
        private @Nullable String secret;

        @Override
        Request request() {
            return Request.of(Verb.HOST_ADD, names)
                    .with(Detail.ACCOUNT, account())
                    .with(Detail.SECRET, Optional.ofNullable(secret));
        }
    }

    @Command(
            name = "secret",
            description = {
                "Gives a host another secret; prints its name and the secret. Its address and its"
                        + " history stay.",
                "The old secret stays good until the new one is used, at most for the overlap."
            })
    static final class Secret extends AdminCommand {
        @Parameters(paramLabel = "FQDN", description = "Its name.")
        private String name = "";

        @Option(
                names = "--secret",
                paramLabel = "S",
                description = "The new one, taken as it is (else a strong one is made).")
        private @Nullable String secret;

        @Mixin private OverlapOption overlap = new OverlapOption();

        @Override
        Request request() {
            return overlap.on(
                    Request.of(Verb.HOST_SECRET, name)
                            .with(Detail.SECRET, Optional.ofNullable(secret)));
        }
    }

    @Command(name = "set", description = "Changes what holds for hosts, served at once.")
    static final class Settings extends AboutHosts {
        @Option(
                names = "--ttl",
                paramLabel = "SECONDS|default",
                required = true,
                converter = DurationConverter.OrDefault.class,
                description =
                        "Of their address records: 30 to 86400 (30s to 24h), or default for what"
                                + " the zone says.")
        private String ttl = "";

        @Override
        Request request() {
            return Request.of(Verb.HOST_SET, names()).with(Detail.TTL, ttl);
        }
    }

    @Command(name = "show", description = "Prints all that is known of one host.")
    static final class Show extends AdminCommand {
        @Parameters(paramLabel = "FQDN", description = "Its name.")
        private String name = "";

        @Mixin private JsonOption json = new JsonOption();

        @Override
        Request request() {
            return in(json, Request.of(Verb.HOST_SHOW, name));
        }
    }

    @Command(name = "list", description = "Prints every host and its addresses, one a line.")
    static final class All extends AdminCommand {
        @Mixin private JsonOption json = new JsonOption();

        @Option(names = "--account", paramLabel = "NAME", description = "Only this account's.")
        private @Nullable String account;

        @Override
        Request request() {
            return in(
                    json,
                    Request.of(Verb.HOST_LIST).with(Detail.ACCOUNT, Optional.ofNullable(account)));
        }
    }

    @Command(name = "block", description = "Refuses hosts' updates; their addresses stay.")
    static final class Block extends AboutHosts {
        @Override
        Request request() {
            return Request.of(Verb.HOST_BLOCK, names());
        }
    }

    @Command(name = "unblock", description = "Takes hosts' updates again, with a clean sheet.")
    static final class Unblock extends AboutHosts {
        @Override
        Request request() {
            return Request.of(Verb.HOST_UNBLOCK, names());
        }
    }

    @Command(name = "remove", description = "Removes hosts, their addresses and their history.")
    static final class Remove extends AboutHosts {
        @Override
        Request request() {
            return Request.of(Verb.HOST_REMOVE, names());
        }
    }

    @Command(
            name = "import",
            description = {
                "Makes hosts from comma-separated values, all or none; prints FQDN and SECRET of"
                        + " each that came without a secret.",
                "The first line names the columns: name,secret,ipv4,ipv6,ttl (all but name optional)."
            })
    static final class Import extends MakesHosts {
        @Parameters(paramLabel = "FILE", description = "The table.")
        private Path file = Path.of("");

        @Override
        Request request() throws CommandFailedException {
            return Request.of(Verb.HOST_IMPORT)
                    .with(Detail.ACCOUNT, account())
                    .with(Detail.FILE, file.toString())
                    .withBody(content(file));
        }
    }

    /// A command that gives an account hosts.
    abstract static class MakesHosts extends AdminCommand {
        @Option(
                names = "--account",
                paramLabel = "NAME",
                required = true,
                description = "Whose they are.")
        private String account = "";

        final String account() {
            return account;
        }
    }

    /// A command about hosts that are there.
    abstract static class AboutHosts extends AdminCommand {
        @Parameters(paramLabel = "FQDN", arity = "1..*", description = "Their names.")
        private List<String> names = new ArrayList<>();

        final List<String> names() {
            return names;
        }
    }
}
