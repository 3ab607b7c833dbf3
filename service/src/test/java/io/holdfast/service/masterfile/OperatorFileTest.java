package io.holdfast.service.masterfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Fault;
import io.holdfast.dns.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A zone's master file may include files of its own folder, and no others.
class OperatorFileTest {
    private static final String HEAD =
            """
            @ 60 SOA ns1 hostmaster 1 3600 900 1209600 60
            @ 60 NS ns.example.org.
            """;

    @TempDir Path outer;
    private Path folder;

    @BeforeEach
    void aFolderWithAFileBesideIt() throws IOException {
        folder = outer.resolve("zones");
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(outer.resolve("secret"), "top secret\n");
    }

    @Test
    void filesOfTheFolderAndBelowAreIncludedRelativeToTheOneThatIncludes() throws IOException {
        Files.writeString(folder.resolve("sub/a"), "$INCLUDE b\n$INCLUDE ../c\n");
        Files.writeString(folder.resolve("sub/b"), "b 60 A 192.0.2.1\n");
        Files.writeString(folder.resolve("c"), "c 60 A 192.0.2.2\n");

        OperatorFile read = read("$INCLUDE sub/a\n");

        assertThat(read.faults()).isEmpty();
        assertThat(read.records())
                .extracting(rrset -> rrset.owner().toString())
                .contains("b.dyn.test", "c.dyn.test");
    }

    @Test
    void whatIsOutsideIsNotReadByAnyName() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), outer.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("folder"), outer);

        for (String name :
                List.of("../secret", "link", "folder/secret", outer.resolve("secret").toString())) {
            assertThat(read("$INCLUDE " + name + "\n").faults())
                    .as(name)
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.line()).isEqualTo(3))
                    .extracting(Fault::text)
                    .asString()
                    .doesNotContain("top");
        }
    }

    @Test
    void aFaultNamesTheIncludedFile() throws IOException {
        Files.writeString(folder.resolve("in"), "\nx 60 A nonsense\n");

        assertThat(read("$INCLUDE in\n").faults().getFirst().toString())
                .startsWith(folder.resolve("in") + ":2:6: A with the data nonsense");
    }

    @Test
    void aFolderOrNothingIsAFault() throws IOException {
        assertThat(read("$INCLUDE sub\n$INCLUDE gone\n").faults())
                .extracting(Fault::text)
                .satisfiesExactly(
                        text -> assertThat(text).contains("is not a file"),
                        text -> assertThat(text).contains("there is no file"));
    }

    private OperatorFile read(String text) throws IOException {
        Path file = folder.resolve("zone");
        Files.writeString(file, HEAD + text);
        return OperatorFile.read(file, Name.of("dyn.test"));
    }
}
