package io.quarkiverse.posthog.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Every promise has a test, every test of a promise has one, and the page about them is up to date. */
class GuaranteesTest {

    private static final String REWRITE = "guarantees.rewrite";

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs/modules/ROOT/pages/includes/guarantees.adoc");
    private static final List<Path> SOURCES = List.of(ROOT.resolve("runtime/src/test/java"),
            ROOT.resolve("deployment/src/test/java"), ROOT.resolve("integration-tests/redis/src/test/java"));

    private static final Pattern ID = Pattern.compile("\"([^\"]*)\"");

    /** What comes before and after it is one paragraph, and belongs to one method. */
    private static final Pattern ANNOTATED = Pattern.compile("@Guarantee\\(([^)]*)\\)\\s+(?:static )?void (\\w+)\\(");

    private final AcceptanceScenarios scenarios = new AcceptanceScenarios(
            resource("/acceptance.properties").lines().toList());
    private final Map<String, Map<String, String>> sections = sections();
    private final Map<String, SortedSet<String>> tests = tests();

    @Test
    void everyPromiseHasATest() {
        assertThat(promises().keySet()).allSatisfy(id -> assertThat(tests).as("tests of " + id + " = " + promises().get(id))
                .containsKey(id));
    }

    @Test
    void everyTestOfAPromiseHasOne() {
        assertThat(tests).allSatisfy((id, methods) -> assertThat(promises()).as("what " + methods + " are for")
                .containsKey(id));
    }

    @Test
    void everyAcceptanceScenarioIsAboutAPromise() {
        assertThat(promises().keySet()).as("what acceptance.properties refers to").containsAll(scenarios.promises());
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        if (Boolean.getBoolean(REWRITE)) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).as("the table of promises; write it anew with ./mvnw -pl runtime,deployment test "
                + "-Dtest=GuaranteesTest -Dsurefire.failIfNoSpecifiedTests=false -D" + REWRITE + "=true")
                .exists().content().isEqualTo(page());
    }

    private Map<String, String> promises() {
        Map<String, String> promises = new LinkedHashMap<>();
        sections.values().forEach(promises::putAll);
        return promises;
    }

    /** The promises below each heading, which is a comment that a promise follows. */
    private static Map<String, Map<String, String>> sections() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        String heading = null;
        for (String line : resource("/guarantees.properties").split("\\R")) {
            if (line.startsWith("# ")) {
                heading = line.substring(2);
            } else if (!line.isBlank()) {
                String[] parts = line.split(" = ", 2);
                assertThat(parts).as(line).hasSize(2);
                String before = sections.computeIfAbsent(heading, key -> new LinkedHashMap<>()).put(parts[0], parts[1]);
                assertThat(before).as(parts[0] + " is promised once").isNull();
            }
        }
        return sections;
    }

    private static String resource(String name) {
        try (InputStream in = GuaranteesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, SortedSet<String>> tests() {
        Map<String, SortedSet<String>> tests = new TreeMap<>();
        for (Path directory : SOURCES) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(it -> it.toString().endsWith("Test.java")).sorted().toList()) {
                    collect(file, tests);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tests;
    }

    private static void collect(Path file, Map<String, SortedSet<String>> tests) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        if (name.equals(GuaranteesTest.class.getSimpleName())) {
            return;
        }
        for (String paragraph : Files.readString(file).split("\\R\\R")) {
            if (!paragraph.contains("@Guarantee(")) {
                continue;
            }
            Matcher annotated = ANNOTATED.matcher(paragraph);
            assertThat(annotated.find()).as("@Guarantee is the last annotation of a method:\n" + paragraph).isTrue();
            assertThat(paragraph).as("what is annotated is a test").containsPattern("@(Test|ParameterizedTest)\\b");
            List<String> ids = new ArrayList<>();
            ID.matcher(annotated.group(1)).results().forEach(id -> ids.add(id.group(1)));
            assertThat(ids).as(paragraph).isNotEmpty().doesNotHaveDuplicates();
            ids.forEach(id -> tests.computeIfAbsent(id, key -> new TreeSet<>()).add(name + "#" + annotated.group(2)));
        }
    }

    private String page() {
        StringBuilder page = new StringBuilder("// Written by GuaranteesTest; see guarantees.adoc\n");
        sections.forEach((heading, promises) -> {
            page.append("\n.").append(heading).append("\n[cols=\"1,4,5\"]\n|===\n|Id |Promise |Tests\n");
            promises.forEach((id, promise) -> page.append("\n|[[").append(id).append("]]").append(id).append("\n|")
                    .append(promise).append("\n|")
                    .append(String.join(" +\n", tests.getOrDefault(id, new TreeSet<>()).stream()
                            .map(test -> "`+" + test + "+`").toList()))
                    .append('\n'));
            page.append("|===\n");
        });
        return page.append(scenarios.table()).toString();
    }
}
