package io.holdfast.service;

import io.holdfast.service.account.Gate;
import io.holdfast.service.account.Principal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A gate that knows the account `alice` with the key `s3cret`, and the host `h1.dyn.test` with the
/// secret `h1:secret`; whoever comes from 192.0.2.66 is locked out.
public final class KnownCredentials implements Gate {
    /// The users that were checked, those of one secret with blanks between, of one request with
    /// commas, in order.
    public final List<String> asked = new ArrayList<>();

    @Override
    public synchronized Verdict check(List<Presented> anyOf, InetAddress source) {
        asked.add(
                String.join(
                        ",", anyOf.stream().map(one -> String.join(" ", one.users())).toList()));
        if (source.equals(InetAddress.ofLiteral("192.0.2.66"))) {
            return new Verdict.LockedOut(Duration.ofMinutes(7));
        }
        return anyOf.stream()
                .flatMap(one -> one.users().stream().map(user -> check(user, one.secret())))
                .filter(verdict -> verdict instanceof Verdict.Known)
                .findFirst()
                .orElse(new Verdict.Wrong());
    }

    private static Verdict check(String user, String secret) {
        return switch (user + ":" + secret) {
            case "alice:s3cret" -> new Verdict.Known(new Principal.OfAccount(1, "alice"));
            case "h1.dyn.test:h1:secret" ->
                    new Verdict.Known(new Principal.OfHost(1, "h1.dyn.test"));
            default -> new Verdict.Wrong();
        };
    }
}
