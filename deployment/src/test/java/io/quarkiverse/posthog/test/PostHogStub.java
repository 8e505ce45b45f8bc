package io.quarkiverse.posthog.test;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/**
 * A WireMock server in place of PostHog, for what a real one seldom answers.
 * <p>
 * Test classes are loaded twice, outside and inside of the application; both reach the one server by its port.
 */
public final class PostHogStub {

    public static final String PROJECT_KEY = "phc_stubProjectKey";
    public static final String PERSONAL_KEY = "phx_stubPersonalKey";

    private static final String PORT = "posthog.stub.port";

    private PostHogStub() {
    }

    /** An application with one account, whose PostHog is the stub. */
    public static QuarkusUnitTest application() {
        return new QuarkusUnitTest()
                .withApplicationRoot(root -> root.addClass(PostHogStub.class))
                .overrideConfigKey("quarkus.posthog.host", url())
                .overrideConfigKey("quarkus.posthog.project-id", "4242")
                .overrideConfigKey("quarkus.posthog.project-api-key", PROJECT_KEY)
                .overrideConfigKey("quarkus.posthog.personal-api-key", PERSONAL_KEY)
                .overrideConfigKey("quarkus.posthog.retry.initial-delay", "10ms");
    }

    /** The same, with extensions of Quarkus that not every application has. */
    public static QuarkusUnitTest applicationWith(String... extensions) {
        return application().setForcedDependencies(
                Stream.of(extensions).map(name -> Dependency.of("io.quarkus", name, Version.getVersion())).toList());
    }

    public static String url() {
        return "http://localhost:" + port();
    }

    /** The stub, without any stubbing left. */
    public static WireMock reset() {
        WireMock stub = new WireMock("localhost", port());
        stub.resetMappings();
        stub.resetRequests();
        return stub;
    }

    /** A path of the private API. */
    public static String path(String resource) {
        return "/api/projects/4242" + resource;
    }

    private static int port() {
        Integer port = Integer.getInteger(PORT);
        if (port == null) {
            WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
            server.start();
            port = server.port();
            System.setProperty(PORT, port.toString());
        }
        return port;
    }
}
