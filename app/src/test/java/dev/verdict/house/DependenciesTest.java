package dev.verdict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Compares the poms with docs/dependencies.md.
final class DependenciesTest {
    private static final Pattern COPYLEFT = Pattern.compile("\\b[AL]?GPL", Pattern.CASE_INSENSITIVE);
    private static final Set<String> ELEMENTS = Set.of("dependency", "plugin", "path");

    @Test
    void every_direct_dependency_and_plugin_is_on_the_page() {
        assertThat(listed().keySet()).containsAll(used());
    }

    @Test
    void the_page_lists_nothing_that_is_gone() {
        Set<String> known = new TreeSet<>(used());
        known.add("com.palantir.javaformat:palantir-java-format"); // named to Spotless by version only
        assertThat(known).containsAll(listed().keySet());
    }

    @Test
    void each_has_a_reason_and_a_licence_that_is_not_of_the_gpl_family() {
        assertThat(listed()).allSatisfy((name, row) -> {
            assertThat(row).hasSize(4).noneMatch(String::isBlank);
            assertThat(row.get(2)).doesNotContainPattern(COPYLEFT);
        });
    }

    @Test
    void what_the_page_does_not_list_is_noticed() throws Exception {
        String pom = "<project><dependencyManagement><dependencies>"
                + "<dependency><groupId>a</groupId><artifactId>managed</artifactId></dependency>"
                + "</dependencies></dependencyManagement><dependencies>"
                + "<dependency><groupId>a</groupId><artifactId>used</artifactId>"
                + "<exclusions><exclusion><groupId>a</groupId><artifactId>left-out</artifactId></exclusion></exclusions>"
                + "</dependency></dependencies><build><plugins><plugin><artifactId>plain</artifactId>"
                + "</plugin></plugins></build></project>";
        assertThat(used(pom)).containsExactlyInAnyOrder("a:used", "org.apache.maven.plugins:plain");
    }

    @Test
    void the_licences_of_the_gpl_family_are_recognised() {
        assertThat(Stream.of("GPL-3.0", "LGPL-2.1", "AGPL-3.0", "gpl"))
                .allMatch(name -> COPYLEFT.matcher(name).find());
        assertThat(Stream.of("Apache-2.0", "MIT", "EPL-2.0"))
                .noneMatch(name -> COPYLEFT.matcher(name).find());
    }

    /// Returns the rows of the page's tables by their first cell.
    private static Map<String, List<String>> listed() {
        Map<String, List<String>> rows = new TreeMap<>();
        Repository.read(Repository.root().resolve("docs/dependencies.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains(":") && !line.startsWith("| ---"))
                .map(line -> Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .filter(row -> row.getFirst().contains(":"))
                .forEach(row -> rows.put(row.getFirst(), row));
        return rows;
    }

    private static Set<String> used() {
        Set<String> used = new TreeSet<>();
        Repository.files(Repository.root(), "pom.xml").forEach(pom -> used.addAll(used(Repository.read(pom))));
        used.removeIf(name -> name.startsWith("dev.verdict:"));
        return used;
    }

    private static Set<String> used(String pom) {
        Set<String> used = new TreeSet<>();
        try {
            collect(
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)))
                            .getDocumentElement(),
                    used);
        } catch (Exception e) {
            throw new IllegalStateException("a pom that Maven reads cannot be read", e);
        }
        return used;
    }

    /// Collects names, but not from `dependencyManagement`, which uses nothing by itself.
    private static void collect(Element element, Set<String> used) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && !child.getTagName().equals("dependencyManagement")) {
                if (ELEMENTS.contains(child.getTagName())) {
                    String group = text(child, "groupId");
                    used.add((group.isEmpty() ? "org.apache.maven.plugins" : group) + ":" + text(child, "artifactId"));
                }
                collect(child, used);
            }
        }
    }

    private static String text(Element element, String name) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                return child.getTextContent().strip();
            }
        }
        return "";
    }
}
