package io.quarkiverse.posthog.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import io.quarkus.devtools.project.QuarkusProjectHelper;
import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;

/** The project that {@code quarkus create app --extension=quarkus-posthog} generates. */
class PostHogCodestartTest {

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = QuarkusCodestartTest.builder()
            .languages(JAVA)
            .setupStandaloneExtensionTest("io.quarkiverse.posthog:quarkus-posthog")
            .build();

    /** Finds the extension among the modules of this build, so that it does not have to be installed. */
    @BeforeAll
    static void resolveModules() throws BootstrapMavenException {
        QuarkusProjectHelper.setArtifactResolver(MavenArtifactResolver.builder().setWorkspaceDiscovery(true).build());
    }

    @Test
    void classes() throws Throwable {
        CODESTART.checkGeneratedSource("org.acme.PurchaseResource");
        CODESTART.checkGeneratedTestSource("org.acme.PurchaseResourceTest");
    }

    @Test
    void configuration() throws Throwable {
        CODESTART.assertThatGeneratedFileMatchSnapshot(JAVA, "src/main/resources/application.properties");
    }

    /** The other sections are those of Quarkus. */
    @Test
    void readme() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "README.md").content().contains("### PostHog",
                "[Related guide section...](https://docs.quarkiverse.io/quarkus-posthog/dev/)",
                "-d '{\"customer\": \"user-123\", \"amount\": 49.99}' http://localhost:8080/purchases");
    }

    @Test
    void dependencies() throws Throwable {
        String version = System.getProperty("project.version");
        CODESTART.assertThatGeneratedFile(JAVA, "pom.xml").content()
                .containsIgnoringWhitespaces(dependency("quarkus-posthog", version, ""),
                        dependency("quarkus-posthog-test", version, "<scope>test</scope>"))
                .contains("quarkus-rest-jackson", "rest-assured");
    }

    private static String dependency(String artifact, String version, String scope) {
        return "<dependency><groupId>io.quarkiverse.posthog</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version>" + scope + "</dependency>";
    }
}
