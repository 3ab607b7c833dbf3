package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.change.HostNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Alice's hosts `h1` to `h3` in `dyn.test`, her `h2` in `dyn.example` too, and bob's `b1`.
public final class KnownHostNames implements HostNames {
    private static final List<String> HOSTS =
            List.of("h1.dyn.test", "h2.dyn.example", "h2.dyn.test", "h3.dyn.test", "b1.dyn.test");

    @Override
    public List<Name> called(String name) {
        return HOSTS.stream()
                .filter(host ->
                        Stream.of(name, name + ".dyn.test", name + ".dyn.example")
                                .anyMatch(host::equalsIgnoreCase))
                .map(Name::of)
                .toList();
    }

    @Override
    public Optional<String> accountOf(Name host) {
        return host.toString().startsWith("h") ? Optional.of("alice") : Optional.of("bob");
    }
}
