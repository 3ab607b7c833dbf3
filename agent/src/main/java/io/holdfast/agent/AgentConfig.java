package io.holdfast.agent;

import io.holdfast.agent.address.Sources;
import io.holdfast.agent.provider.Catalogue;
import io.holdfast.config.Document;
import io.holdfast.config.DocumentFile;
import io.holdfast.config.FaultyFileException;
import io.holdfast.config.Table;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `agent.toml` says.
///
/// @param state the folder of the agent's memory; `./agent-state` unless the file names another
/// @param names at least one, each once
/// @param warnings for people: what works and should not stay so
public record AgentConfig(Path state, List<NameConfig> names, List<String> warnings) {

    public AgentConfig {
        names = List.copyOf(names);
        warnings = List.copyOf(warnings);
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "no name is configured; begin one with [[name]] and name = \"home.dyn.example\"");
        }
        Set<String> seen = new HashSet<>();
        for (NameConfig one : names) {
            if (!seen.add(one.name())) {
                throw new IllegalArgumentException(
                        "the name " + one.name() + " is configured twice; keep one of them");
            }
        }
    }

    /// Reads a configuration file. Paths in it are relative to its folder.
    ///
    /// @param file as the person named it; the faults repeat it
    /// @param environment what `password = "${NAME}"` is looked up in
    /// @param sources makes the address sources
    /// @throws IOException if the file cannot be read
    /// @throws FaultyFileException with everything that is wrong in it
    public static AgentConfig read(Path file, Map<String, String> environment, Sources sources)
            throws IOException, FaultyFileException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        return parse(
                DocumentFile.read(file, file.toString()),
                file.toString(),
                folder,
                environment,
                sources);
    }

    /// Reads a configuration from memory.
    ///
    /// @param file its name for the faults
    /// @param folder what its relative paths are relative to
    /// @throws FaultyFileException with everything that is wrong in it
    public static AgentConfig parse(
            String text, String file, Path folder, Map<String, String> environment, Sources sources)
            throws FaultyFileException {
        List<String> warnings = new ArrayList<>();
        NameBinder binder =
                new NameBinder(Catalogue.load(), folder, environment, sources, warnings);
        return Document.read(text, file, root -> bind(root, folder, binder, warnings))
                .orElseThrow(() -> new IllegalStateException("refused without a fault"));
    }

    private static Optional<AgentConfig> bind(
            Table root, Path folder, NameBinder binder, List<String> warnings) {
        Path state =
                root.get("state", text -> stateFolder(folder, text), folder.resolve("agent-state"))
                        .normalize();
        Optional<InetSocketAddress> resolver = root.find("resolver", NameBinder::hostAndPort);
        List<Table> tables = root.tableList("name");
        List<NameConfig> names = new ArrayList<>();
        for (Table table : tables) {
            binder.bind(table, resolver).ifPresent(names::add);
        }
        if (names.size() < tables.size()) {
            return Optional.empty(); // the faults are noted
        }
        return root.build(() -> new AgentConfig(state, names, warnings));
    }

    private static Path stateFolder(Path folder, String text) {
        if (text.startsWith("~")) {
            throw new IllegalArgumentException("`~` is a shell's; write the whole path");
        }
        return folder.resolve(text);
    }
}
