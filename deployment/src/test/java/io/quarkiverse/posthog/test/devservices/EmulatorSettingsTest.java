package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.Ports;
import io.quarkus.test.QuarkusUnitTest;

class EmulatorSettingsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClass(Ports.class))
            .overrideConfigKey("quarkus.posthog.devservices.port", Integer.toString(Ports.free()))
            .overrideConfigKey("quarkus.posthog.devservices.seed", "false")
            .overrideConfigKey("quarkus.posthog.devservices.allowed-hosts", "emulator.test")
            .overrideConfigKey("quarkus.posthog.devservices.max-stored-size", "3M")
            .overrideConfigKey("quarkus.posthog.project-id", "4242")
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "true");

    @Inject
    PostHog posthog;

    @ConfigProperty(name = "quarkus.posthog.host")
    String host;

    @ConfigProperty(name = "quarkus.posthog.devservices.port")
    String port;

    @ConfigProperty(name = "quarkus.posthog.flags.local-evaluation")
    boolean localEvaluation;

    @Test
    void seedAndProjectAreConfigured() {
        assertThat(posthog.toString()).contains("projectId=4242");
        assertThat(posthog.persons().list().collect().asList().await().atMost(TIMEOUT)).isEmpty();
    }

    @Test
    @Tag("CFG-5")
    void portIsForDevModeOnly() {
        assertThat(host).startsWith("http://localhost:").isNotEqualTo("http://localhost:" + port);
    }

    @Test
    void hostsAndMemoryAreThoseConfigured() throws IOException {
        try (Socket socket = new Socket("localhost", URI.create(host).getPort())) {
            socket.getOutputStream().write("GET /_emulator/ HTTP/1.1\r\nHost: emulator.test\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200").contains("\"maxBytes\":" + 3 * 1024 * 1024);
        }
    }

    @Test
    void flagsAreEvaluatedLocallyForThoseWhoWantIt() {
        assertThat(localEvaluation).isTrue();
    }
}
