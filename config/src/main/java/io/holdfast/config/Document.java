package io.holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/// A TOML document while it is read into records. What is no TOML is not looked at any further.
///
/// Reading never stops at a fault: a getter that meets one notes it and gives its fallback, so that
/// one pass finds everything. [#read] is the only way in, and throws when anything was noted.
public final class Document {
    private final String file;
    private final List<Fault> faults = new ArrayList<>();

    private Document(String file) {
        this.file = file;
    }

    /// Reads a document.
    ///
    /// @param text the whole document
    /// @param file its name as the person gave it, for the faults
    /// @param binder turns the root table into the caller's record; what it returns counts only if
    ///   nothing was wrong
    /// @throws FaultyFileException with every fault: TOML syntax, wrong types, values a record
    ///   refused, and keys nobody asked for
    public static <T> T read(String text, String file, Function<Table, T> binder)
            throws FaultyFileException {
        Document document = new Document(file);
        TomlParseResult parsed = Toml.parse(text);
        if (parsed.hasErrors()) {
            // What was read is not what was written: to look for missing keys would mislead.
            throw new FaultyFileException(new SyntaxFaults(text, file).of(parsed.errors()));
        }
        Table root = new Table(document, "", parsed, TomlPosition.positionAt(1, 1));
        T bound = binder.apply(root);
        root.noteUnknownKeys();
        if (!document.faults.isEmpty()) {
            throw new FaultyFileException(document.faults.stream().sorted().distinct().toList());
        }
        return bound;
    }

    void note(TomlPosition where, String text) {
        faults.add(new Fault(file, where.line(), where.column(), text));
    }
}
