package io.holdfast.agent.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// The providers we know: one file of facts each, in the resources beside this class, named in
/// `catalogue.txt`.
public final class Catalogue {
    private final List<ProviderFacts> all;

    /// @param all in alphabetical order of their ids
    public Catalogue(List<ProviderFacts> all) {
        this.all = List.copyOf(all);
    }

    /// Reads every provider's file.
    public static Catalogue load() {
        try (InputStream index = resource("catalogue.txt")) {
            List<ProviderFacts> all =
                    new String(index.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .filter(id -> !id.isEmpty())
                            .map(Catalogue::facts)
                            .toList();
            return new Catalogue(all);
        } catch (IOException broken) {
            throw new UncheckedIOException("the list of providers in our own jar", broken);
        }
    }

    /// In alphabetical order of their ids.
    public List<ProviderFacts> all() {
        return all;
    }

    /// The provider with this id.
    public Optional<ProviderFacts> find(String id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /// The provider with this id.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public ProviderFacts get(String id) {
        return find(id).orElseThrow(() ->
                new IllegalArgumentException(
                        "no provider \"" + id + "\"; there is: " + String.join(", ", ids())));
    }

    /// The settings that every provider wants.
    public List<Setting> commonSettings() {
        return all.stream()
                .flatMap(one -> one.settings().stream())
                .filter(setting ->
                        all.stream()
                                .allMatch(one ->
                                        one.settings().stream()
                                                .anyMatch(other ->
                                                        other.name().equals(setting.name()))))
                .collect(
                        Collectors.toMap(
                                Setting::name, one -> one, (one, _) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private List<String> ids() {
        return all.stream().map(ProviderFacts::id).toList();
    }

    private static ProviderFacts facts(String id) {
        Properties written = new Properties();
        try (Reader file =
                new InputStreamReader(resource(id + ".properties"), StandardCharsets.UTF_8)) {
            written.load(file);
        } catch (IOException broken) {
            throw new UncheckedIOException("provider " + id + " in our own jar", broken);
        }
        return ProviderFacts.of(id, written);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Catalogue.class.getResourceAsStream(name), name);
    }
}
