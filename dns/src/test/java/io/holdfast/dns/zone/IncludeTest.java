package io.holdfast.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.MasterFile.Contents;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `$INCLUDE` (RFC 1035 §5.1): what holds within a file and after it, and what ends.
class IncludeTest {
    private static final String HEAD =
            """
            @ 60 SOA ns1 hostmaster 1 3600 900 1209600 60
            @ 60 NS ns.other.
            """;

    private final Map<String, String> files = new HashMap<>();

    @Test
    void originAndOwnerOfAnIncludedFileEndWithIt() throws IOException {
        files.put("in", "$ORIGIN deeper\nx 60 A 192.0.2.1\n");

        assertThat(rrsets("a 60 A 192.0.2.2\n$INCLUDE in sub\n 60 TXT t\nb 60 A 192.0.2.3\n"))
                .contains("x.deeper.sub.dyn.test A", "a.dyn.test TXT", "b.dyn.test A");
    }

    @Test
    void anOriginAfterTheFileIsWhereItBegins() throws IOException {
        files.put("in", "x 60 A 192.0.2.1\n");

        assertThat(rrsets("$INCLUDE in sub\n$INCLUDE in\n"))
                .contains("x.sub.dyn.test A", "x.dyn.test A");
    }

    @Test
    void aFaultIsToldOfTheFileItIsIn() throws IOException {
        files.put("in", "x 60 A 192.0.2.1\n$INCLUDE further\ny 60 B\n");
        files.put("further", "\n\n  z\n");

        assertThat(faults("$INCLUDE in\nq 60 C\n"))
                .contains(":4:6: \"C\" is no", "in:3:6: \"B\" is no", "further:3:3: ");
    }

    @Test
    void aFileThatIncludesItselfIsAFault() throws IOException {
        files.put("a", "$INCLUDE b\n");
        files.put("b", "$INCLUDE a\n");

        assertThat(faults("$INCLUDE a\n"))
                .contains("b:1:10: a includes itself, by way of a, b; take one $INCLUDE out");
    }

    @Test
    void filesNestToABound() throws IOException {
        for (int i = 0; i < 20; i++) {
            files.put("f" + i, "$INCLUDE f" + (i + 1) + "\n");
        }

        assertThat(faults("$INCLUDE f0\n")).contains("f7:1:10: files include files over 8 deep");
    }

    @Test
    void filesThatIncludeEachOtherManyTimesComeToAnEnd() throws IOException {
        for (int i = 0; i < 7; i++) {
            files.put("f" + i, ("$INCLUDE f" + (i + 1) + "\n").repeat(100));
        }
        files.put("f7", "x 60 A 192.0.2.1\n");

        assertThat(faults("$INCLUDE f0\n")).contains("over 1000 files are included");
    }

    @Test
    void aFileThatIsNotThereIsAFaultOfTheDirective() throws IOException {
        assertThat(faults("$INCLUDE gone\n"))
                .isEqualTo(":3:10: cannot include \"gone\": there is no such file\n");
    }

    @Test
    void manyGeneratesTogetherHaveABound() throws IOException {
        assertThat(faults("$GENERATE 0-65535 h$ 60 A 192.0.2.1\n".repeat(17)))
                .contains(":19:11: all $GENERATE together make over 1048576 records; use fewer");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        Contents contents = MasterFile.read(new StringReader("\uFEFF" + HEAD), Name.of("dyn.test"));
        assertThat(contents.faults()).isEmpty();
    }

    private String rrsets(String text) throws IOException {
        Contents contents = read(text);
        assertThat(contents.faults()).isEmpty();
        StringBuilder all = new StringBuilder();
        contents.rrsets().forEach(r -> all.append(r.owner() + " " + r.type() + "\n"));
        return all.toString();
    }

    private String faults(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        read(text)
                .faults()
                .forEach(f ->
                        all.append(
                                "%s:%d:%d: %s\n"
                                        .formatted(f.file(), f.line(), f.column(), f.reason())));
        return all.toString();
    }

    private Contents read(String text) throws IOException {
        return MasterFile.read(
                new StringReader(HEAD + text), Name.of("dyn.test"), (name, _) -> open(name));
    }

    private Includes.Included open(String name) throws IOException {
        String text = files.get(name);
        if (text == null) {
            throw new IOException("there is no such file");
        }
        return new Includes.Included(name, new StringReader(text));
    }
}
