package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.Sources;
import io.holdfast.agent.provider.Catalogue;
import io.holdfast.agent.provider.ProviderFacts;
import io.holdfast.agent.provider.Setting;
import io.holdfast.config.Document;
import io.holdfast.config.FaultyFileException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A provider that wants a token and a zone, and takes a comment: nothing but its declaration says
/// so.
class NameBinderTest {
    private static final ProviderFacts TOKEN_PROVIDER =
            new ProviderFacts(
                    "tokens",
                    "Tokens as it were",
                    URI.create("https://tokens.example/docs"),
                    ProviderFacts.Protocol.DYNDNS2,
                    Optional.of(URI.create("https://tokens.example")),
                    "/",
                    true,
                    List.of(
                            setting("token", true, true, "the token of your account"),
                            setting("zone", true, false, "the zone that holds the name"),
                            setting("comment", false, false, "a comment beside the record")));

    @Test
    void theSettingsThatAProviderDeclaresAreReadInItsOrder() throws Exception {
        NameConfig name = bind("zone = \"dyn.example\"\ntoken = \"hush-hush\"\n").orElseThrow();
        assertThat(name.host().settings().values())
                .containsExactly(Map.entry("token", "hush-hush"), Map.entry("zone", "dyn.example"));
        assertThat(name.host().toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    zone = "z.example"                                   | f:1:1: the token is missing: token-file = "secret", or token = "${ENV_NAME}"
                    token = "hush"                                       | f:1:1: zone is missing: the zone that holds the name
                    zone = "z.example"~token = "a"~token-file = "b"      | f:1:1: token and token-file are both given; keep one of them
                    zone = ""~token = "hush"                             | f:5:1: zone: zone is empty; write the zone that holds the name
                    zone = "z.example"~token = ""                        | f:6:1: token: it is empty; write the token of your account
                    zone = "z.example"~token = "hu\\tsh"                 | f:6:1: token: the token must be one line, without control characters
                    zone = "z.example"~token = "hush"~comment = "a\\tb"  | f:7:1: comment: comment must be one line, without control characters
                    zone = "z.example"~token = "hush"~user = "me"        | f:7:1: unknown key "user" in [name]
                    """)
    void whatIsWrongWithASettingIsNamedAtItsPlace(String written, String expected) {
        assertThat(faults(written.replace('~', '\n') + "\n"))
                .contains(expected)
                .doesNotContain("hush");
    }

    private static String faults(String settings) {
        try {
            return "none: " + bind(settings);
        } catch (FaultyFileException faulty) {
            return String.valueOf(faulty.getMessage());
        }
    }

    private static Optional<NameConfig> bind(String settings) throws FaultyFileException {
        String text =
                """
                [[name]]
                name = "home.dyn.example"
                provider = "tokens"
                ipv4 = "static 192.0.2.7"
                """
                        + settings;
        NameBinder binder =
                new NameBinder(
                        new Catalogue(List.of(TOKEN_PROVIDER)),
                        Path.of("."),
                        Map.of(),
                        Sources.ofThisHost(),
                        new ArrayList<>());
        return Document.read(
                text,
                "f",
                root -> binder.bind(root.tableList("name").getFirst(), Optional.empty()));
    }

    private static Setting setting(String name, boolean required, boolean secret, String meaning) {
        return new Setting(name, required, secret, meaning, UnaryOperator.identity());
    }
}
