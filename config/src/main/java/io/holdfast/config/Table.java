package io.holdfast.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One table of a document: getters that note faults instead of throwing.
///
/// Every getter marks its key as known; what stays unmarked at the end is an unknown key, which is
/// a fault. A conversion says no by throwing [IllegalArgumentException]; its message becomes the
/// fault, at the position of the value.
public final class Table {
    private final Document document;
    private final String path;
    private final TomlTable toml;
    private final TomlPosition position;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Table> children = new ArrayList<>();

    Table(Document document, String path, TomlTable toml, TomlPosition position) {
        this.document = document;
        this.path = path;
        this.toml = toml;
        this.position = position;
    }

    /// Whether the key is written in this table.
    public boolean has(String key) {
        known.add(key);
        return toml.contains(List.of(key));
    }

    /// A string turned into a value; empty if the key is absent or its value was refused.
    public <T> Optional<T> find(String key, Function<String, T> conversion) {
        return find(key, String.class, "a string in quotes", conversion);
    }

    /// A string turned into a value, or the fallback.
    public <T> T get(String key, Function<String, T> conversion, T fallback) {
        return find(key, conversion).orElse(fallback);
    }

    /// A string as it stands; empty if absent.
    public Optional<String> string(String key) {
        return find(key, Function.identity());
    }

    /// A string that has to be there; its absence is a fault at the table.
    public String required(String key, String what) {
        if (!has(key)) {
            fault(key + " is missing: " + what);
        }
        return string(key).orElse("");
    }

    /// A whole number turned into a value, or the fallback.
    public <T> T integer(String key, Function<Long, T> conversion, T fallback) {
        return find(key, Long.class, "a whole number", conversion).orElse(fallback);
    }

    /// True or false, or the fallback.
    public boolean flag(String key, boolean fallback) {
        return find(key, Boolean.class, "true or false", Function.identity()).orElse(fallback);
    }

    /// A list of strings, each turned into a value; the fallback if the key is absent. Refused
    /// elements are noted at their own positions and left out.
    public <T> List<T> list(String key, Function<String, T> conversion, List<T> fallback) {
        Optional<TomlArray> array =
                find(key, TomlArray.class, "a list of strings in [brackets]", Function.identity());
        return array.map(elements -> elements(key, elements, conversion)).orElse(fallback);
    }

    /// A table below this one; empty if absent.
    public Optional<Table> table(String key) {
        return find(key, TomlTable.class, "a table", Function.identity())
                .map(inner -> child(key, inner, positionOf(key)));
    }

    /// The tables `[key."name"]`, by name, in the order of the file.
    public Map<String, Table> tables(String key) {
        Map<String, Table> named = new LinkedHashMap<>();
        table(key)
                .ifPresent(outer -> {
                    for (String name : outer.toml.keySet()) {
                        outer.table(name).ifPresent(inner -> named.put(name, inner));
                    }
                });
        return named;
    }

    /// The tables `[[key]]`, in the order of the file.
    public List<Table> tableList(String key) {
        List<Table> all = new ArrayList<>();
        if (toml.get(List.of(key)) instanceof TomlTable single) {
            known.add(key);
            fault(
                    key,
                    "[" + key + "] begins one table alone; write [[" + key + "]], once for each");
            Table child = child(key, single, positionOf(key));
            all.add(child); // so that its own faults are found, too
            return all;
        }
        find(
                        key,
                        TomlArray.class,
                        "a list of tables, each begun by [[" + key + "]]",
                        Function.identity())
                .ifPresent(array -> {
                    for (int i = 0; i < array.size(); i++) {
                        if (array.get(i) instanceof TomlTable inner) {
                            all.add(child(key, inner, array.inputPositionOf(i)));
                        } else {
                            document.note(
                                    array.inputPositionOf(i),
                                    key + " must be a table, begun by [[" + key + "]]");
                        }
                    }
                });
        return all;
    }

    /// Builds a record whose constructor checks; what it refuses is noted at this table.
    public <T> Optional<T> build(Supplier<T> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException refused) {
            fault(String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    /// Notes a fault of the table as a whole.
    public void fault(String text) {
        document.note(position, text);
    }

    /// Notes a fault of one key, at its value.
    public void fault(String key, String text) {
        document.note(positionOf(key), text);
    }

    void noteUnknownKeys() {
        for (String key : toml.keySet()) {
            if (!known.contains(key)) {
                TomlPosition where = toml.inputPositionOf(List.of(key));
                document.note(
                        where == null ? position : where,
                        "unknown key \""
                                + key
                                + "\""
                                + place()
                                + "; known here: "
                                + String.join(", ", known));
            }
        }
        children.forEach(Table::noteUnknownKeys);
    }

    private <V, T> Optional<T> find(
            String key, Class<V> type, String shape, Function<? super V, ? extends T> conversion) {
        known.add(key);
        Object value = toml.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            fault(key, key + " must be " + shape);
            return Optional.empty();
        }
        return convert(type.cast(value), conversion, key + ": ", positionOf(key)).map(v -> v);
    }

    private <T> List<T> elements(String key, TomlArray array, Function<String, T> conversion) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            TomlPosition where = array.inputPositionOf(i);
            if (array.get(i) instanceof String text) {
                convert(text, conversion, key + ": ", where).ifPresent(values::add);
            } else {
                document.note(where, key + " must hold strings in quotes");
            }
        }
        return values;
    }

    private <V, T> Optional<T> convert(
            V value,
            Function<? super V, ? extends T> conversion,
            String prefix,
            TomlPosition where) {
        try {
            return Optional.of(conversion.apply(value));
        } catch (IllegalArgumentException refused) {
            document.note(where, prefix + refused.getMessage());
            return Optional.empty();
        }
    }

    private Table child(String key, TomlTable inner, @Nullable TomlPosition where) {
        String below = path.isEmpty() ? key : path + "." + key;
        Table child = new Table(document, below, inner, where == null ? position : where);
        children.add(child);
        return child;
    }

    private TomlPosition positionOf(String key) {
        TomlPosition where = toml.inputPositionOf(List.of(key));
        return where == null ? position : where;
    }

    private String place() {
        return path.isEmpty() ? "" : " in [" + path + "]";
    }
}
