package io.holdfast.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The text of a file that a person wrote with whatever editor there was.
public final class DocumentFile {
    private DocumentFile() {}

    /// Reads a file as UTF-8, without the byte order mark that some editors put before it.
    ///
    /// @param name the file as the person named it, for the fault
    /// @throws FaultyFileException if it is not UTF-8, at the first octet that is not
    public static String read(Path file, String name) throws IOException, FaultyFileException {
        byte[] octets = Files.readAllBytes(file);
        try {
            return decoded(octets);
        } catch (CharacterCodingException foreign) {
            throw new FaultyFileException(List.of(fault(octets, name)));
        }
    }

    /// Text of UTF-8, without a byte order mark.
    ///
    /// @throws CharacterCodingException if it is not UTF-8
    public static String decoded(byte[] octets) throws CharacterCodingException {
        String text = decoder().decode(ByteBuffer.wrap(octets)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Fault fault(byte[] octets, String name) {
        if (octets.length >= 2
                && (octets[0] & octets[1] & 0xFE) == 0xFE
                && octets[0] != octets[1]) {
            return new Fault(name, 1, 1, "the file is UTF-16; save it as UTF-8");
        }
        CharBuffer before = CharBuffer.allocate(octets.length);
        CoderResult _ = decoder().decode(ByteBuffer.wrap(octets), before, true);
        String sound = before.flip().toString();
        int line = 1 + (int) sound.chars().filter(c -> c == '\n').count();
        int column = sound.length() - sound.lastIndexOf('\n');
        return new Fault(name, line, column, "this character is not UTF-8; save the file as UTF-8");
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
