package io.holdfast.service.admin;

import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.KeyAdministration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an operator does with TSIG keys.
final class KeyCommands {
    /// RFC 8945 §8 asks for as much as the hash has; less than this can be searched for.
    private static final int SHORT = 16;

    private final KeyAdministration keys;

    KeyCommands(KeyAdministration keys) {
        this.keys = keys;
    }

    /// Tells the key with its secret.
    void add(Request request, Answer answer) throws AdministrationException {
        KeyFormat format = format(request, KeyFormat.LINE);
        Optional<byte[]> secret = secret(request);
        UpdateKey made =
                keys.add(
                        OperatorText.name(request.name()),
                        algorithm(request),
                        secret,
                        grants(request.body()));
        if (secret.isPresent() && secret.get().length < SHORT) {
            answer.remark(
                    "warning: the secret of "
                            + made.key().name()
                            + " has only "
                            + OperatorText.count(secret.get().length, "octet")
                            + "; "
                            + SHORT
                            + " or more resist a search, and leaving it out makes a strong one");
        }
        format.of(made.key()).forEach(answer::result);
    }

    /// Tells every key and what it may change; never a secret.
    void list(Request request, Answer answer) {
        List<UpdateKey> all =
                keys.list().stream()
                        .sorted(
                                Comparator.comparing(
                                        key -> NaturalOrder.keyOfName(key.key().name().toString())))
                        .toList();
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(KeyJson.of(all));
            return;
        }
        Table table = new Table("KEY", "ALGORITHM", "MAY CHANGE");
        for (UpdateKey one : all) {
            table.row(one.key().name().toString(), one.key().algorithm().toString(), may(one));
        }
        table.tell(answer::result);
    }

    /// Tells the key with its secret, as a file that clients read.
    void show(Request request, Answer answer) throws AdministrationException {
        KeyFormat format = format(request, KeyFormat.BIND);
        UpdateKey key = keys.show(OperatorText.name(request.name()));
        format.of(key.key()).forEach(answer::result);
        answer.remark(
                "whoever reads this can sign as "
                        + key.key().name()
                        + "; where it is kept in a file, let that have mode 0600 (umask 077)");
    }

    void remove(Request request, Answer answer) throws AdministrationException {
        for (String name : request.names()) {
            keys.remove(OperatorText.name(name));
            answer.remark(name + ": removed; what is signed with it is refused from now on");
        }
    }

    private static String may(UpdateKey key) {
        return key.grants().isEmpty()
                ? "nothing"
                : key.grants().stream().map(Grant::text).collect(Collectors.joining("; "));
    }

    private static TsigAlgorithm algorithm(Request request) throws AdministrationException {
        String word = request.detail(Detail.ALGORITHM).orElse("hmac-sha256");
        try {
            return TsigAlgorithm.of(word);
        } catch (IllegalArgumentException unknown) {
            throw invalid(String.valueOf(unknown.getMessage()));
        }
    }

    private static Optional<byte[]> secret(Request request) throws AdministrationException {
        Optional<String> given = request.detail(Detail.SECRET);
        try {
            return given.map(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException wrong) {
            // Not the secret itself: what is nearly right is nearly a secret.
            throw invalid(
                    "the secret is not base64 ("
                            + wrong.getMessage()
                            + "); leave it out and one is made, or make one with: openssl rand"
                            + " -base64 32");
        }
    }

    private static List<Grant> grants(String lines) throws AdministrationException {
        List<String> grants = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words.length > 1) {
                words[1] = OperatorText.name(words[1]).toString();
            }
            grants.add(String.join(" ", words));
        }
        try {
            return grants.stream().map(Grant::parse).toList();
        } catch (IllegalArgumentException wrong) {
            throw invalid(String.valueOf(wrong.getMessage()));
        }
    }

    private static KeyFormat format(Request request, KeyFormat usual)
            throws AdministrationException {
        Optional<String> word = request.detail(Detail.FORMAT);
        return word.isEmpty() ? usual : KeyFormat.named(word.get());
    }

    private static AdministrationException invalid(String message) {
        return new AdministrationException(Kind.INVALID, message);
    }
}
