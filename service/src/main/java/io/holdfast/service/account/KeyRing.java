package io.holdfast.service.account;

import io.holdfast.dns.Name;
import java.util.Optional;

/// The TSIG keys there are; any number of threads may ask.
public interface KeyRing {
    /// The key of that name.
    Optional<UpdateKey> key(Name name);
}
