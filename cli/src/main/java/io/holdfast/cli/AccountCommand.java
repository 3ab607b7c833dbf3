package io.holdfast.cli;

import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `holdfast account`: people and their update keys.
@Command(
        name = "account",
        description = "People who have hosts here, and their update keys.",
        subcommands = {
            AccountCommand.Add.class,
            AccountCommand.Key.class,
            AccountCommand.All.class,
            AccountCommand.Remove.class
        })
final class AccountCommand {

    @Command(name = "add", description = "Makes an account; prints its name and its update key.")
    static final class Add extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "What its clients say as user name.")
        private String name = "";

        @Option(names = "--email", paramLabel = "E", description = "Where notices go.")
        private @Nullable String email;

        @Option(
                names = "--update-key",
                paramLabel = "KEY",
                description = "Its update key, taken as it is (else a strong one is made).")
        private @Nullable String updateKey;

        @Override
        Request request() {
            return Request.of(Verb.ACCOUNT_ADD, name)
                    .with(Detail.EMAIL, Optional.ofNullable(email))
                    .with(Detail.SECRET, Optional.ofNullable(updateKey));
        }

        @Override
        boolean mayBegin() {
            return true;
        }
    }

    @Command(
            name = "key",
            description = {
                "Gives an account another update key; prints its name and the key. Its hosts stay.",
                "The old key stays good until the new one is used, at most for the overlap."
            })
    static final class Key extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The account.")
        private String name = "";

        @Option(
                names = "--update-key",
                paramLabel = "KEY",
                description = "The new one, taken as it is (else a strong one is made).")
        private @Nullable String updateKey;

        @Mixin private OverlapOption overlap = new OverlapOption();

        @Override
        Request request() {
            return overlap.on(
                    Request.of(Verb.ACCOUNT_KEY, name)
                            .with(Detail.SECRET, Optional.ofNullable(updateKey)));
        }
    }

    @Command(name = "list", description = "Prints every account, one a line.")
    static final class All extends AdminCommand {
        @Mixin private JsonOption json = new JsonOption();

        @Override
        Request request() {
            return in(json, Request.of(Verb.ACCOUNT_LIST));
        }
    }

    @Command(name = "remove", description = "Removes an account that has no hosts.")
    static final class Remove extends AdminCommand {
        @Parameters(paramLabel = "NAME", description = "The account.")
        private String name = "";

        @Override
        Request request() {
            return Request.of(Verb.ACCOUNT_REMOVE, name);
        }
    }
}
