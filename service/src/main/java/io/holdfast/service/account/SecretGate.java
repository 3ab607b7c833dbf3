package io.holdfast.service.account;

import io.holdfast.dns.HostName;
import io.holdfast.service.account.Credentials.Credential;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

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
    private final LockOut lockOut = new LockOut();

    public SecretGate(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public Verdict check(String user, String secret, InetAddress source) {
        Instant now = clock.instant();
        HashedSecret presented = HashedSecret.of(secret);
        Optional<Principal> account = proven(credentials.ofAccount(user), presented);
        Optional<Principal> host = proven(hostCalled(user), presented);
        Optional<Principal> known = account.or(() -> host);
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

    private Optional<Credential> hostCalled(String user) {
        return switch (HostName.read(user)) {
            case HostName.Reading.Host(var name) -> credentials.ofHost(name);
            // An account's name need not be one of a host.
            case HostName.Reading.None _ -> Optional.empty();
        };
    }

    private static Optional<Principal> proven(
            Optional<Credential> credential, HashedSecret presented) {
        HashedSecret expected = credential.map(Credential::secret).orElse(NOBODY);
        boolean matches = expected.matches(presented);
        return credential.filter(_ -> matches).map(Credential::principal);
    }
}
