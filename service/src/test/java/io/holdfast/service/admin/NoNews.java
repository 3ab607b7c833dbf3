package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.service.transfer.SecondaryStatus;
import java.util.List;
import java.util.function.Consumer;

/// A service without secondaries whose configuration never changes.
final class NoNews implements RunningService {
    @Override
    public List<SecondaryStatus> secondaries() {
        return List.of();
    }

    @Override
    public List<String> dns() {
        return List.of();
    }

    @Override
    public List<String> http() {
        return List.of();
    }

    @Override
    public void reload(Consumer<String> told) {}

    @Override
    public void remove(Name apex) {}
}
