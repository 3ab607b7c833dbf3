package io.holdfast.agent;

import io.holdfast.agent.provider.Setting;
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

/// Finds a secret setting of one `[[name]]`: written there, in the environment, or in a file of its
/// own. No message of this class repeats one.
final class SecretBinder {
    private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern USUAL_VARIABLE = Pattern.compile("[A-Z][A-Z_]*[A-Z]");
    private static final long LONGEST_FILE = 4096;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> warnings;

    SecretBinder(Path folder, Map<String, String> environment, List<String> warnings) {
        this.folder = folder;
        this.environment = environment;
        this.warnings = warnings;
    }

    /// The secret, or empty if there is none. That it is missing though it is required is noted, as
    /// is whatever is wrong with it.
    Optional<String> bind(Table table, Setting setting) {
        String key = setting.name();
        String fileKey = key + "-file";
        boolean written = table.has(key);
        boolean inFile = table.has(fileKey);
        if (written && inFile) {
            table.fault(key + " and " + fileKey + " are both given; keep one of them");
            return Optional.empty();
        }
        if (!written && !inFile) {
            if (setting.required()) {
                table.fault(
                        "the "
                                + key
                                + " is missing: "
                                + fileKey
                                + " = \"secret\", or "
                                + key
                                + " = \"${ENV_NAME}\"");
            }
            return Optional.empty();
        }
        return written
                ? table.find(key, text -> writtenOrEnvironment(text, setting))
                : table.find(fileKey, text -> fromFile(text, setting));
    }

    private String writtenOrEnvironment(String text, Setting setting) {
        Matcher reference = FROM_ENVIRONMENT.matcher(text);
        if (!reference.matches()) {
            return nonEmpty(text, "it is empty; write " + setting.meaning(), setting);
        }
        String variable = reference.group(1);
        String value = environment.get(variable);
        if (value == null) {
            // Somebody may have put the password where the name of the variable belongs.
            String named = USUAL_VARIABLE.matcher(variable).matches() ? variable : "such variable";
            throw new IllegalArgumentException(
                    "the environment has no "
                            + named
                            + "; set it, or use "
                            + setting.name()
                            + "-file");
        }
        return nonEmpty(value, "the environment's " + variable + " is empty; set it", setting);
    }

    private String fromFile(String text, Setting setting) {
        Path file;
        try {
            file = folder.resolve(text);
        } catch (InvalidPathException noPath) {
            throw absent(Optional.empty(), setting); // its message repeats the text
        }
        String content;
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(
                        file
                                + " is over "
                                + LONGEST_FILE
                                + " bytes; it must hold the "
                                + setting.name()
                                + " alone");
            }
            content = DocumentFile.decoded(Files.readAllBytes(file));
        } catch (CharacterCodingException foreign) {
            throw new IllegalArgumentException(
                    file + " is not UTF-8 text; write it again as UTF-8", foreign);
        } catch (IOException unreadable) {
            if (!Files.exists(file)) {
                throw absent(Optional.of(file), setting);
            }
            throw new IllegalArgumentException(
                    file + " cannot be read (" + unreadable + "); mend its permissions",
                    unreadable);
        }
        warnIfOthersMayRead(file, setting);
        return nonEmpty(
                content.strip(),
                file + " is empty; write the " + setting.name() + " into it",
                setting);
    }

    /// What is written may be the password itself, by mistake. So it is repeated only if it plainly
    /// is a path: it names a folder that is there, besides the root and the one of the
    /// configuration. That keeps base64 with a slash in it to itself.
    private IllegalArgumentException absent(Optional<Path> file, Setting setting) {
        Optional<Path> plain = file.filter(this::isPlainlyAPath);
        return new IllegalArgumentException(
                plain.map(path ->
                                path + " does not exist; write the " + setting.name() + " into it")
                        .orElse(
                                "the file it names does not exist (relative paths begin in "
                                        + folder
                                        + "); write the "
                                        + setting.name()
                                        + " into it. If this is the "
                                        + setting.name()
                                        + " itself, its key is "
                                        + setting.name()));
    }

    private boolean isPlainlyAPath(Path file) {
        Path above = file.normalize().getParent();
        return above != null
                && above.getParent() != null
                && !above.equals(folder.normalize())
                && Files.isDirectory(above);
    }

    private static String nonEmpty(String secret, String otherwise, Setting setting) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException(otherwise);
        }
        return setting.checked(secret);
    }

    private void warnIfOthersMayRead(Path file, Setting setting) {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (IOException | UnsupportedOperationException notPosix) {
            return; // no such permissions here, so nothing to warn of
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            warnings.add(
                    "every user of this machine can read the "
                            + setting.name()
                            + " in "
                            + file
                            + "; do: chmod 600 "
                            + file);
        }
    }
}
