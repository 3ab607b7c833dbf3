package io.holdfast.service.account;

import io.holdfast.dns.Name;
import java.util.Optional;

/// Where the gate looks credentials up; answered from memory by any number of threads.
public interface Credentials {
    /// Somebody, and what proves it.
    ///
    /// @param former proves it as well while it is good
    record Credential(Principal principal, HashedSecret secret, Optional<FormerSecret> former) {
        public Credential(Principal principal, HashedSecret secret) {
            this(principal, secret, Optional.empty());
        }
    }

    /// The account of exactly this name and its update key.
    Optional<Credential> ofAccount(String name);

    /// The host of this name and its secret.
    Optional<Credential> ofHost(Name name);
}
