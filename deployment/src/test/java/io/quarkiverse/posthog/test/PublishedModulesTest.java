package io.quarkiverse.posthog.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.yaml.snakeyaml.Yaml;

/** What a release publishes: the modules, the BOM, and the descriptions of the extensions. */
class PublishedModulesTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path DESCRIPTOR = Path.of("src/main/resources/META-INF/quarkus-extension.yaml");
    private static final Set<String> CATEGORIES = Set.of("web", "data", "messaging", "core", "reactive", "ai", "cloud",
            "observability", "security", "serialization", "miscellaneous", "compatibility", "alt-languages");
    private static final Set<String> STATUSES = Set.of("stable", "preview", "experimental");

    @Test
    void bomHasAllPublishedModules() throws Exception {
        List<String> published = new ArrayList<>();
        for (Path module : publishedModules()) {
            published.addAll(texts(module, "/project[not(packaging = 'pom')]/artifactId"));
        }
        assertThat(published).hasSizeGreaterThan(8);

        assertThat(texts(ROOT.resolve("runtime/bom"), "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(published);
        String version = "/project/properties/quarkus.version";
        assertThat(texts(ROOT.resolve("runtime/bom"), version)).isEqualTo(texts(ROOT, version)).isNotEmpty();
    }

    @Test
    void otherModulesAreNeitherInstalledNorDeployed() throws Exception {
        List<String> unpublished = texts(ROOT, "/project/profiles/profile/modules/module");
        assertThat(unpublished).contains("integration-tests", "docs");

        for (String module : unpublished) {
            for (String property : List.of("maven.install.skip", "maven.deploy.skip")) {
                assertThat(texts(ROOT.resolve(module), "/project/properties/" + property)).as(module + ": " + property)
                        .containsExactly("true");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("extensions")
    @SuppressWarnings("unchecked")
    void extensionIsDescribed(Path module) throws Exception {
        Map<String, Object> extension = new Yaml().load(Files.readString(module.resolve(DESCRIPTOR)));
        assertThat(extension).extractingByKeys("name", "description")
                .allSatisfy(text -> assertThat((String) text).isNotBlank());
        assertThat(extension).containsEntry("artifact", "${project.groupId}:${project.artifactId}:${project.version}");

        Map<String, Object> metadata = (Map<String, Object>) extension.get("metadata");
        assertThat((String) metadata.get("short-name")).startsWith("posthog");
        assertThat((List<String>) metadata.get("keywords")).contains("posthog").hasSizeGreaterThan(4).doesNotHaveDuplicates();
        assertThat((List<String>) metadata.get("categories")).isNotEmpty().isSubsetOf(CATEGORIES);
        assertThat((String) metadata.get("status")).isIn(STATUSES);
        assertThat((List<String>) metadata.get("config")).isNotEmpty()
                .allSatisfy(prefix -> assertThat(prefix).startsWith("quarkus.posthog.").endsWith("."));

        String guide = (String) metadata.get("guide");
        assertThat(guide).startsWith("https://docs.quarkiverse.io/quarkus-posthog/dev/");
        String page = guide.substring(guide.lastIndexOf('/') + 1).replace(".html", ".adoc");
        assertThat(ROOT.resolve("docs/modules/ROOT/pages").resolve(page.isEmpty() ? "index.adoc" : page)).isRegularFile();

        String icon = (String) metadata.get("icon-url");
        String repository = "https://raw.githubusercontent.com/quarkiverse/quarkus-posthog/main/";
        assertThat(icon).startsWith(repository);
        assertThat(ROOT.resolve(icon.substring(repository.length()))).isRegularFile();

        assertThat(texts(module, "//capabilities/provides")).as("capabilities")
                .allSatisfy(capability -> assertThat(capability).startsWith("io.quarkiverse.posthog")).isNotEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void codestartIsPublished() throws Exception {
        Path runtime = ROOT.resolve("runtime");
        Map<String, Object> extension = new Yaml().load(Files.readString(runtime.resolve(DESCRIPTOR)));
        Map<String, Object> codestart = (Map<String, Object>) ((Map<String, Object>) extension.get("metadata"))
                .get("codestart");

        // The plugin that completes the descriptor replaces nothing but the version
        assertThat(codestart)
                .containsEntry("artifact", "io.quarkiverse.posthog:quarkus-posthog:codestarts:jar:${project.version}")
                .containsEntry("languages", List.of("java"));
        Path directory = runtime.resolve("src/main/codestarts/quarkus/" + codestart.get("name") + "-codestart");
        Map<String, Object> content = new Yaml().load(Files.readString(directory.resolve("codestart.yml")));
        assertThat(content).containsEntry("ref", codestart.get("name"));
        assertThat(directory.resolve("java")).isDirectory();
        assertThat(texts(runtime, "//plugin[artifactId = 'maven-jar-plugin']//classifier")).containsExactly("codestarts");
    }

    static List<Path> extensions() throws Exception {
        List<Path> extensions = publishedModules().stream()
                .filter(module -> Files.exists(module.resolve(DESCRIPTOR))).toList();
        assertThat(extensions).contains(ROOT.resolve("runtime"), ROOT.resolve("runtime/mcp"));
        return extensions;
    }

    private static List<Path> publishedModules() throws Exception {
        return texts(ROOT, "/project/modules/module").stream().map(ROOT::resolve).toList();
    }

    private static List<String> texts(Path module, String path) throws Exception {
        NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom(module), XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static Document pom(Path module) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(module.resolve("pom.xml").toFile());
    }
}
