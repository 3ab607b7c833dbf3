package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.host.Directory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What the operator does with TSIG keys. Every method waits until it is done and durable.
public final class KeyAdministration {
    private final Writer writer;
    private final Directory directory;
    private final DeclaredZones zones;
    private final RandomGenerator random;

    KeyAdministration(
            Writer writer, Directory directory, DeclaredZones zones, RandomGenerator random) {
        this.writer = writer;
        this.directory = directory;
        this.zones = zones;
        this.random = random;
    }

    /// @param secret taken as it is; if empty one is made, as long as the algorithm's hash
    /// @param grants what it may change: a host, something in a zone, or a zone that is there; none
    ///   for a key that only signs transfers and queries
    public UpdateKey add(
            Name name, TsigAlgorithm algorithm, Optional<byte[]> secret, List<Grant> grants)
            throws AdministrationException {
        UpdateKey key = key(name, algorithm, secret, grants);
        return writer.perform(batch -> {
            if (batch.key(name).isPresent()) {
                throw AdministrationException.conflict(
                        "there is a key named "
                                + name
                                + " already; see it with: holdfast key show "
                                + name
                                + ", or give this one another name");
            }
            for (Grant grant : grants) {
                require(grant, batch);
            }
            batch.add(key);
            return key;
        });
    }

    /// All keys, by name in canonical order.
    public List<UpdateKey> list() {
        return directory.keys().stream()
                .sorted(Comparator.comparing(key -> key.key().name()))
                .toList();
    }

    public UpdateKey show(Name name) throws AdministrationException {
        return require(directory.key(name), name);
    }

    /// What is signed with it from now on is refused.
    public void remove(Name name) throws AdministrationException {
        writer.perform(batch -> {
            UpdateKey key = require(batch.key(name), name);
            batch.remove(key);
            return key;
        });
    }

    private UpdateKey key(
            Name name, TsigAlgorithm algorithm, Optional<byte[]> secret, List<Grant> grants)
            throws AdministrationException {
        try {
            byte[] octets = secret.orElseGet(() -> made(algorithm));
            return new UpdateKey(new TsigKey(name, algorithm, octets), grants);
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// RFC 8945 §8: at least as long as the hash.
    private byte[] made(TsigAlgorithm algorithm) {
        byte[] octets = new byte[algorithm.macLength()];
        random.nextBytes(octets);
        return octets;
    }

    private void require(Grant grant, Batch batch) throws AdministrationException {
        Name name = grant.name();
        Optional<String> missing =
                switch (grant.scope()) {
                    case SELF ->
                            batch.host(name).isPresent()
                                    ? Optional.empty()
                                    : Optional.of(
                                            "no host named "
                                                    + name
                                                    + "; make it with: holdfast host add "
                                                    + name
                                                    + " --account NAME");
                    case SUBDOMAIN ->
                            zones.closest(name).isPresent()
                                    ? Optional.empty()
                                    : Optional.of(name + " is in none of the zones served here");
                    case ZONE ->
                            zones.at(name).isPresent()
                                    ? Optional.empty()
                                    : Optional.of(
                                            "no zone named "
                                                    + name
                                                    + "; holdfast zone list shows those there are");
                };
        if (missing.isPresent()) {
            throw AdministrationException.unknown(missing.get());
        }
    }

    private static UpdateKey require(Optional<UpdateKey> key, Name name)
            throws AdministrationException {
        return key.orElseThrow(() ->
                AdministrationException.unknown(
                        "no key named " + name + "; holdfast key list shows those there are"));
    }
}
