package io.holdfast.service.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// The file in the data folder that says which database elsewhere the data is in, so that commands
/// find it without the configuration. Without that file the data is in the folder itself.
final class RememberedAddress {
    private static final String NAME = "store";

    private RememberedAddress() {}

    /// @throws StoreException if the file says something else
    static Optional<PostgresqlAddress> in(Path folder) throws StoreException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            Optional<Path> password =
                    lines.size() > 2 ? Optional.of(Path.of(lines.get(2))) : Optional.empty();
            return Optional.of(new PostgresqlAddress(lines.get(0), lines.get(1), password));
        } catch (IOException | RuntimeException e) {
            throw new StoreException(
                    file
                            + " does not say where the database is ("
                            + e.getMessage()
                            + "); start the service once with store in its configuration",
                    false,
                    e);
        }
    }

    /// @param folder held by this process
    static void write(DataFolder folder, PostgresqlAddress address) throws IOException {
        String text = address.url() + "\n" + address.user() + "\n";
        if (address.passwordFile().isPresent()) {
            text += address.passwordFile().get().toAbsolutePath() + "\n";
        }
        Path file = folder.path().resolve(NAME);
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Path fresh = folder.path().resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        folder.createOwnerOnly(fresh);
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
