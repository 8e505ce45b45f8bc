package io.quarkiverse.posthog.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Every guarantee of the documentation has a test, which has its ID as a tag. */
class GuaranteesTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path PAGES = ROOT.resolve("docs/modules/ROOT/pages/includes");
    private static final String INTEGRATION_TESTS = "integration-tests";
    private static final List<String> MODULES = List.of("runtime", "runtime/flags", "runtime/dev", "runtime/test",
            "runtime/functions", "runtime/lua", "runtime/lua-engine", "deployment", "deployment/emulator", "deployment/mcp",
            "deployment/lua", "deployment/messaging");

    private static final Pattern ANCHOR = Pattern.compile("\\[\\[([A-Z0-9]+-\\d+)]]");
    private static final Pattern REFERENCE = Pattern.compile("<<([A-Z0-9]+-\\d+)>>");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z0-9]+-\\d+)\"\\)");

    @Test
    void everyGuaranteeHasATest() throws IOException {
        List<String> guarantees = ids(ANCHOR, PAGES.resolve("guarantees.adoc"));
        assertThat(guarantees).hasSizeGreaterThan(400).doesNotHaveDuplicates();

        Map<String, Set<String>> tests = tests();

        assertThat(guarantees).as("guarantees with a test, which has the tag").allMatch(tests::containsKey);
        assertThat(tests).as("tests of guarantees that exist").allSatisfy((id, files) -> assertThat(guarantees).contains(id));
    }

    @Test
    void everyReferenceIsToAGuarantee() throws IOException {
        assertThat(ids(ANCHOR, PAGES.resolve("guarantees.adoc")))
                .containsAll(ids(REFERENCE, PAGES.resolve("acceptance.adoc")));
    }

    private static List<String> ids(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().map(id -> id.group(1)).toList();
    }

    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path module : modules()) {
            for (Path file : sources(module.resolve("src/test/java"))) {
                Matcher tag = TAG.matcher(Files.readString(file));
                while (tag.find()) {
                    tests.computeIfAbsent(tag.group(1), id -> new TreeSet<>()).add(file.getFileName().toString());
                }
            }
        }
        return tests;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> applications = Files.list(ROOT.resolve(INTEGRATION_TESTS))) {
            return Stream.concat(MODULES.stream().map(ROOT::resolve),
                    applications.filter(application -> Files.isDirectory(application.resolve("src/test/java")))).toList();
        }
    }

    private static List<Path> sources(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList());
        }
    }
}
