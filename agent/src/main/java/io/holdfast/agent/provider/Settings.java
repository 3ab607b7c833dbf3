package io.holdfast.agent.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one name's provider wants to know, by the names of its [Setting]s. Never printed:
/// [#toString] has the names alone.
public final class Settings {
    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// @param values in the order in which the provider declares the settings
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /// A user name and a password, which most providers want and no more.
    public static Settings login(String user, String password) {
        Map<String, String> both = new LinkedHashMap<>();
        both.put("user", user);
        both.put("password", password);
        return new Settings(both);
    }

    /// A setting that has to be there.
    ///
    /// @throws IllegalArgumentException if it is not
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no setting " + name));
    }

    /// A setting that need not be there.
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// Name and value, in the order in which the provider declares them.
    public Map<String, String> values() {
        return values;
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
