package io.holdfast.agent.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void everyProvidersFileIsInTheIndexInAlphabeticalOrder() throws Exception {
        Path index =
                Path.of(
                        Objects.requireNonNull(Catalogue.class.getResource("catalogue.txt"))
                                .toURI());
        try (var files = Files.list(Objects.requireNonNull(index.getParent()))) {
            assertThat(Catalogue.load().all().stream().map(ProviderFacts::id))
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".properties"))
                                    .map(name -> name.replace(".properties", ""))
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void anUnknownProviderIsAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> Catalogue.load().get("dyndns3"))
                .hasMessage("no provider \"dyndns3\"; there is: dyndns2");
    }
}
