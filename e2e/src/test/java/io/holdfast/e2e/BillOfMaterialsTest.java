package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `holdfast.cdx.json` in the distribution: which libraries are in it, in the form of CycloneDX.
class BillOfMaterialsTest {
    /// A package URL: `pkg:maven/GROUP/ARTIFACT@VERSION?type=jar`.
    private static final Pattern PURL =
            Pattern.compile("\"purl\" : \"pkg:maven/[^/\"]+/([^@\"]+)@([^?\"]+)");

    @Test
    void itNamesEveryJarOfTheDistributionAndNoOther() throws Exception {
        Path lib = Distribution.jar("holdfast.jar").resolveSibling("lib");
        List<String> there;
        try (Stream<Path> files = Files.list(lib)) {
            there =
                    files.map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> name.endsWith(".jar"))
                            .toList();
        }
        Path file = lib.resolveSibling("holdfast.cdx.json");
        Tool.requireFile(file, "no bill of materials was made, as Maven works offline");
        String bill = Files.readString(file);
        assertThat(bill).contains("\"bomFormat\" : \"CycloneDX\"");
        assertThat(PURL.matcher(bill).results().map(purl -> purl.group(1) + "-" + purl.group(2)))
                .map(name -> name + ".jar")
                .filteredOn(name -> !name.startsWith("holdfast-cli-"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(there);
    }
}
