package io.holdfast.agent;

import io.holdfast.agent.provider.Credentials;
import io.holdfast.config.DocumentFile;
import io.holdfast.config.Table;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the password of one `[[name]]`: written there, in the environment, or in a file of its
/// own. No message of this class repeats one.
final class PasswordBinder {
    private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern USUAL_VARIABLE = Pattern.compile("[A-Z][A-Z_]*[A-Z]");
    private static final long LONGEST_FILE = 4096;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> warnings;

    PasswordBinder(Path folder, Map<String, String> environment, List<String> warnings) {
        this.folder = folder;
        this.environment = environment;
        this.warnings = warnings;
    }

    /// The password, or empty if there is none, which then is noted.
    Optional<String> bind(Table table) {
        boolean written = table.has("password");
        boolean inFile = table.has("password-file");
        if (written == inFile) {
            table.fault(
                    written
                            ? "password and password-file are both given; keep one of them"
                            : "the password is missing: password-file = \"secret\", or password ="
                                    + " \"${ENV_NAME}\"");
            return Optional.empty();
        }
        return written
                ? table.find("password", this::writtenOrEnvironment)
                : table.find("password-file", this::fromFile);
    }

    private String writtenOrEnvironment(String text) {
        Matcher reference = FROM_ENVIRONMENT.matcher(text);
        if (!reference.matches()) {
            return nonEmpty(text, "it is empty; write the secret that the provider gave you");
        }
        String variable = reference.group(1);
        String value = environment.get(variable);
        if (value == null) {
            // Somebody may have put the password where the name of the variable belongs.
            String named = USUAL_VARIABLE.matcher(variable).matches() ? variable : "such variable";
            throw new IllegalArgumentException(
                    "the environment has no " + named + "; set it, or use password-file");
        }
        return nonEmpty(value, "the environment's " + variable + " is empty; set it");
    }

    private String fromFile(String text) {
        Path file;
        try {
            file = folder.resolve(text);
        } catch (InvalidPathException noPath) {
            throw absent(Optional.empty()); // its message repeats the text
        }
        String content;
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(
                        file
                                + " is over "
                                + LONGEST_FILE
                                + " bytes; it must hold the password alone");
            }
            content = DocumentFile.decoded(Files.readAllBytes(file));
        } catch (CharacterCodingException foreign) {
            throw new IllegalArgumentException(
                    file + " is not UTF-8 text; write it again as UTF-8", foreign);
        } catch (IOException unreadable) {
            if (!Files.exists(file)) {
                throw absent(Optional.of(file));
            }
            throw new IllegalArgumentException(
                    file + " cannot be read (" + unreadable + "); mend its permissions",
                    unreadable);
        }
        warnIfOthersMayRead(file);
        return nonEmpty(content.strip(), file + " is empty; write the password into it");
    }

    /// What is written may be the password itself, by mistake. So it is repeated only if it plainly
    /// is a path: it names a folder that is there, besides the root and the one of the
    /// configuration. That keeps base64 with a slash in it to itself.
    private IllegalArgumentException absent(Optional<Path> file) {
        Optional<Path> plain = file.filter(this::isPlainlyAPath);
        return new IllegalArgumentException(
                plain.map(path -> path + " does not exist; write the password into it")
                        .orElse(
                                "the file it names does not exist (relative paths begin in "
                                        + folder
                                        + "); write the password into it. If this is the password"
                                        + " itself, its key is password"));
    }

    private boolean isPlainlyAPath(Path file) {
        Path above = file.normalize().getParent();
        return above != null
                && above.getParent() != null
                && !above.equals(folder.normalize())
                && Files.isDirectory(above);
    }

    private static String nonEmpty(String password, String otherwise) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException(otherwise);
        }
        return Credentials.checkedPassword(password);
    }

    private void warnIfOthersMayRead(Path file) {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (IOException | UnsupportedOperationException notPosix) {
            return; // no such permissions here, so nothing to warn of
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            warnings.add(
                    "every user of this machine can read the password in "
                            + file
                            + "; do: chmod 600 "
                            + file);
        }
    }
}
