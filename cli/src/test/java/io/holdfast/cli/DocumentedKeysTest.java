package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/service.md and docs/agent.md list every key that the code reads, table by table, and none
/// that it does not.
///
/// The code is asked: a key that nobody knows is refused with all that are known at its place.
class DocumentedKeysTest {
    private static final String UNKNOWN = "nobody-knows-this-key";
    private static final Pattern KNOWN =
            Pattern.compile("unknown key \"" + UNKNOWN + "\".*; known here: (.*)");
    private static final Pattern HEADING = Pattern.compile("## (?:`(\\[.*])`|At the top)");
    private static final Pattern KEY = Pattern.compile("\\| `([a-z0-9-]+)` \\|.*");

    /// A top-level table that has more tables in it is written with the name of one of them.
    private static final Map<String, String> NAMED = Map.of("zone", "[zone.\"NAME\"]");

    @TempDir Path folder;

    @Test
    void everyKeyOfTheServiceIsDocumentedAndNoOther() throws IOException {
        assertThat(documented("service.md")).isEqualTo(known("holdfast.toml", ""));
    }

    @Test
    void everyKeyOfTheAgentIsDocumentedAndNoOther() throws IOException {
        assertThat(documented("agent.md")).isEqualTo(known("agent.toml", "[[name]]\n"));
    }

    /// The keys below each heading that names a table; "" for the top of the file.
    private static Map<String, Set<String>> documented(String document) throws IOException {
        Map<String, Set<String>> keys = new TreeMap<>();
        @Nullable Set<String> here = null;
        for (String line : Files.readAllLines(Path.of("../docs", document))) {
            Matcher heading = HEADING.matcher(line);
            Matcher key = KEY.matcher(line);
            if (heading.matches()) {
                String table = heading.group(1) == null ? "" : heading.group(1);
                here = keys.computeIfAbsent(table, _ -> new TreeSet<>());
            } else if (line.startsWith("## ")) {
                here = null;
            } else if (here != null && key.matches()) {
                assertThat(here.add(key.group(1))).as("%s says %s twice", document, line).isTrue();
            }
        }
        return keys;
    }

    /// The keys that the code knows in each table of a file, found from the top down.
    ///
    /// @param rest what a file needs besides, to be read to its end
    private Map<String, Set<String>> known(String name, String rest) throws IOException {
        Map<String, Set<String>> keys = new TreeMap<>();
        Deque<String> places = new ArrayDeque<>(List.of(""));
        while (!places.isEmpty()) {
            String table = places.removeFirst();
            Set<String> here = knownIn(name, table, table.equals("[[name]]") ? "" : rest);
            Set<String> tables = new TreeSet<>();
            for (String key : table.isEmpty() ? here : Set.<String>of()) {
                for (String form : forms(key)) {
                    if (!knownIn(name, form, form.equals("[[name]]") ? "" : rest).isEmpty()) {
                        places.add(form);
                        tables.add(key);
                        break; // the other form is a fault, or the same
                    }
                }
            }
            here.removeAll(tables);
            keys.put(table, here);
        }
        return keys;
    }

    private static List<String> forms(String key) {
        return List.of("[[" + key + "]]", NAMED.getOrDefault(key, "[" + key + "]"));
    }

    private Set<String> knownIn(String name, String table, String rest) throws IOException {
        String asked = UNKNOWN + " = 1\n";
        String text = table.isEmpty() ? asked + rest : rest + table + "\n" + asked;
        Path file = Files.writeString(folder.resolve(name), text);
        Run check = Run.holdfast("check", "--config", file.toString()).endsWith(2);
        Set<String> known = new TreeSet<>();
        for (String complaint : check.errorLines()) {
            Matcher matcher = KNOWN.matcher(complaint);
            if (matcher.find()) {
                known.addAll(List.of(matcher.group(1).split(", ")));
            }
        }
        known.remove(UNKNOWN);
        return known;
    }
}
