import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Run by Maven when all tests of a build have been run: prints a line for each class and reason of
/// tests that were skipped. Written for the oldest Java that Maven may run on here, 17.
///
/// Arguments: the folder of all modules, and when the build began; older reports are not of it.
public final class SkippedTests {
    private SkippedTests() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Instant began = Instant.parse(arguments[1]);
        Map<String, Integer> skipped = new TreeMap<>();
        for (Path report : reports(root, began)) {
            count(report, skipped);
        }
        if (!skipped.isEmpty()) {
            System.err.println("Tests that were skipped, and why:");
        }
        skipped.forEach((what, times) -> System.err.println("  " + what.formatted(times)));
    }

    private static List<Path> reports(Path root, Instant began) throws IOException {
        try (Stream<Path> files = Files.find(root, 4, (file, is) ->
                file.getFileName().toString().matches("TEST-.*\\.xml")
                        && file.getParent().getFileName().toString().matches("(surefire|failsafe)-reports")
                        && !is.lastModifiedTime().toInstant().isBefore(began))) {
            return files.sorted().toList();
        }
    }

    private static void count(Path report, Map<String, Integer> skipped) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        NodeList all = document.getElementsByTagName("skipped");
        for (int i = 0; i < all.getLength(); i++) {
            Element one = (Element) all.item(i);
            String name = ((Element) one.getParentNode()).getAttribute("classname");
            String reason = one.getAttribute("message") + one.getTextContent();
            skipped.merge(
                    name.substring(name.lastIndexOf('.') + 1)
                            + " (%d): "
                            + (reason.isBlank() ? "gives no reason" : reason)
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                                    .replaceFirst("^([\\w.]+Exception: )?(Assumption failed: )?", "")
                                    .replace("%", "%%"),
                    1,
                    Integer::sum);
        }
    }
}
