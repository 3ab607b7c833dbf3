package io.holdfast.service.account;

import io.holdfast.dns.HostName;
import io.holdfast.service.account.Credentials.Credential;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The gate before the update paths: an account with its update key, or a host with its secret.
///
/// A source that was wrong 30 times in 15 minutes is told to wait, when it is wrong again, until
/// those are over. The right secret passes all the same: many homes share one address behind a
/// carrier's NAT, and a broken router must not stop those of its neighbours. Guessing gains nothing
/// by it: a secret that we make has 160 bits.
public final class SecretGate implements Gate {
    /// Compared when nobody has the name, so that a wrong name takes as long as a wrong secret.
    private static final HashedSecret NOBODY = HashedSecret.of("");

    private final Credentials credentials;
    private final InstantSource clock;
    private final Consumer<FormerSecret> ended;
    private final LockOut lockOut = new LockOut();

    public SecretGate(Credentials credentials, InstantSource clock) {
        this(credentials, clock, _ -> {});
    }

    /// @param ended told of a secret whose successor has been used
    public SecretGate(Credentials credentials, InstantSource clock, Consumer<FormerSecret> ended) {
        this.credentials = credentials;
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    public Verdict check(List<Presented> anyOf, InetAddress source) {
        Instant now = clock.instant();
        Optional<Principal> known =
                anyOf.stream().flatMap(one -> proven(one, now).stream()).findFirst();
        if (known.isPresent()) {
            return new Verdict.Known(known.get());
        }
        Optional<Duration> wait = lockOut.remaining(source, now);
        if (wait.isPresent()) {
            return new Verdict.LockedOut(wait.get());
        }
        lockOut.failed(source, now);
        return new Verdict.Wrong();
    }

    private Optional<Principal> proven(Presented one, Instant now) {
        HashedSecret presented = HashedSecret.of(one.secret());
        return one.users().stream()
                .flatMap(user -> proven(user, presented, now).stream())
                .findFirst();
    }

    private Optional<Principal> proven(String user, HashedSecret presented, Instant now) {
        Optional<Principal> account = proven(credentials.ofAccount(user), presented, now);
        Optional<Principal> host = proven(hostCalled(user), presented, now);
        return account.or(() -> host);
    }

    private Optional<Credential> hostCalled(String user) {
        return switch (HostName.read(user)) {
            case HostName.Reading.Host(var name) -> credentials.ofHost(name);
            // An account's name need not be one of a host.
            case HostName.Reading.None _ -> Optional.empty();
        };
    }

    private Optional<Principal> proven(
            Optional<Credential> credential, HashedSecret presented, Instant now) {
        HashedSecret expected = credential.map(Credential::secret).orElse(NOBODY);
        Optional<FormerSecret> former = credential.flatMap(Credential::former);
        boolean matches = expected.matches(presented);
        boolean matchesFormer = former.filter(f -> f.proves(presented, now)).isPresent();
        if (matches && credential.isPresent()) {
            // Where both are the same, the change is being made: the successor is not in use yet.
            former.filter(f -> !f.secret().matches(presented)).ifPresent(ended);
        }
        return credential.filter(_ -> matches || matchesFormer).map(Credential::principal);
    }
}
