package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    @TempDir Path folder;

    private Run check(String name, String content) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        return Run.holdfast("check", "--config", file.toString());
    }

    @Test
    void aSoundConfigurationEndsWithNought() throws Exception {
        assertThat(check("h.toml", "http = [\"127.0.0.1:80\"]\n").endsWith(0).err()).isEmpty();
    }

    @Test
    void everyFaultOfAServiceAndItsMasterFilesIsTold() throws Exception {
        Files.writeString(folder.resolve("own.zone"), "a 60 A 192.0.2.300\n");
        Run check = check("h.toml", "[zone.\"dyn.test\"]\nttl = 60\nrecords = \"own.zone\"\n");
        assertThat(check.endsWith(2).out()).isEmpty();
        assertThat(check.errorLines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(folder + "/h.toml:2:1: ttl"),
                        line -> assertThat(line).startsWith(folder + "/own.zone:1:"));
    }

    @Test
    void anAgentsConfigurationIsKnownByWhatIsInIt() throws Exception {
        Run check =
                check(
                        "any.toml",
                        """
                        [[name]]
                        name = "home.dyn.test"
                        provider = "nobody"
                        server = "http://127.0.0.1:8245"
                        user = "home.dyn.test"
                        password = "a long enough one"
                        ipv4 = "static 192.0.2.7"
                        """);
        assertThat(check.endsWith(2).errorLines())
                .anySatisfy(line -> assertThat(line).contains("any.toml:3:1: provider: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[name]\n",
                "[[ name ]]\n",
                "[[names]]\n",
                "  state = \"s\"\n",
                "provider = \"dyndns2\"\n",
                "ipv4 = \"web\"\n",
                "name: \"home.dyn.example\"\n",
            })
    void anAgentsConfigurationIsKnownByItsMistakesToo(String content) throws Exception {
        assertThat(check("any.toml", content).endsWith(2).err())
                .doesNotContain("known here: data")
                .doesNotContain("unknown key \"name\"");
    }

    @Test
    void oneTableWhereAListIsMeantIsNamed() throws Exception {
        assertThat(check("any.toml", "[name]\n").endsWith(2).errorLines().getFirst())
                .isEqualTo(
                        folder
                                + "/any.toml:1:1: [name] begins one table alone; write [[name]], once"
                                + " for each");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# name = \"x\"\n", "\uFEFF"})
    void anEmptyFileIsAFault(String content) throws Exception {
        assertThat(check("any.toml", content).endsWith(2).errorLines())
                .singleElement()
                .asString()
                .startsWith(folder + "/any.toml:1:1: the file is empty; an agent's begins with");
        assertThat(check("agent.toml", content).endsWith(2).errorLines()).hasSize(1);
    }

    @Test
    void aByteOrderMarkDoesNoHarm() throws Exception {
        check("h.toml", "\uFEFFhttp = [\"127.0.0.1:80\"]\n").endsWith(0);
    }

    @Test
    void anotherEncodingIsNamedAtItsPlace() throws Exception {
        Path latin = folder.resolve("latin.toml");
        Files.write(latin, "a = 1\nb = \"\u00fc\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Run.holdfast("check", "--config", latin + "").endsWith(2).errorLines())
                .containsExactly(
                        latin + ":2:6: this character is not UTF-8; save the file as UTF-8");
        Path utf16 = folder.resolve("utf16.toml");
        Files.write(utf16, "a = 1\n".getBytes(StandardCharsets.UTF_16));
        assertThat(Run.holdfast("check", "--config", utf16 + "").endsWith(2).errorLines())
                .containsExactly(utf16 + ":1:1: the file is UTF-16; save it as UTF-8");
    }

    @Test
    void whatIsNoTomlIsTheOnlyFault() throws Exception {
        Run check = check("agent.toml", "[[name]]\npassword = \"a\\p\"\n").endsWith(2);
        assertThat(check.errorLines())
                .singleElement()
                .asString()
                .startsWith(folder + "/agent.toml:2:")
                .contains("a backslash is written twice");
    }

    @Test
    void noFaultRepeatsAPassword() throws Exception {
        Run check =
                check(
                        "agent.toml",
                        """
                        [[name]]
                        name = "home.dyn.test"
                        provider = "dyndns2"
                        server = "https://me:hush\u009B hush@dyn.example"
                        user = "me"
                        password = "hush"
                        ipv4 = "http://me:hush@h/?token=hush"
                        resolver = "me:hush@h"
                        """);
        assertThat(check.endsWith(2).errorLines()).hasSize(3);
        assertThat(check.err()).doesNotContain("hush").doesNotContain("\u009B");
        assertThat(check("agent.toml", "[[name]]\npassword = hush\n").endsWith(2).err())
                .doesNotContain("hush");
    }

    @Test
    void whatCannotBeSeenIsShownAsAnEscape() throws Exception {
        assertThat(check("agent.toml", "[[name]]\nname = \"a\\u202eb\"\n").endsWith(2).err())
                .contains("<U+202E>")
                .doesNotContain("\u202e");
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        Run check = Run.holdfast("check", "--config", folder + "/none.toml").endsWith(2);
        assertThat(check.errorLines())
                .containsExactly(folder + "/none.toml:1:1: there is no such file");
    }
}
