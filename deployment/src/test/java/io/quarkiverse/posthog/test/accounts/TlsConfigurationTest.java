package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.WireMockServer;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** A server with a certificate of its own is trusted with the TLS configuration of that name, and only with that. */
class TlsConfigurationTest {

    private static final String PORT = "posthog.test.https-port";
    private static final String STORE = "target/posthog-test-tls.p12";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.host", "https://localhost:" + httpsPort())
            .overrideConfigKey("quarkus.posthog.tls-configuration-name", "posthog")
            .overrideConfigKey("quarkus.tls.\"posthog\".trust-store.p12.path", Path.of(STORE).toAbsolutePath().toString())
            .overrideConfigKey("quarkus.tls.\"posthog\".trust-store.p12.password", "password")
            .overrideConfigKey("quarkus.posthog.\"strict\".host", "https://localhost:" + httpsPort())
            .overrideConfigKey("quarkus.posthog.\"strict\".personal-api-key", "phx_strict")
            .overrideConfigKey("quarkus.posthog.\"strict\".retry.max-retries", "0")
            .overrideConfigKey("quarkus.rest-client.verify-host", "false")
            .overrideConfigKey("quarkus.posthog.\"other-name\".host", "https://127.0.0.1:" + httpsPort())
            .overrideConfigKey("quarkus.posthog.\"other-name\".personal-api-key", "phx_other")
            .overrideConfigKey("quarkus.posthog.\"other-name\".tls-configuration-name", "posthog")
            .overrideConfigKey("quarkus.posthog.\"other-name\".retry.max-retries", "0");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("strict")
    PostHog strict;

    @Inject
    @PostHogAccount("other-name")
    PostHog otherName;

    @Test
    void trustsWhatIsConfigured() {
        assertThat(read(posthog)).isEqualTo(8);
    }

    @Test
    void trustsNothingElse() {
        assertThatThrownBy(() -> read(strict)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContainingAll("can't reach https://localhost:" + httpsPort(),
                        "unable to find valid certification path");
    }

    @Test
    @Tag("ISO-1")
    void checksTheNameInTheCertificateWhateverIsConfiguredForOtherClients() {
        assertThatThrownBy(() -> read(otherName)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("can't reach https://127.0.0.1:" + httpsPort());
    }

    private static int httpsPort() {
        Integer port = Integer.getInteger(PORT);
        if (port == null) {
            makeCertificate();
            WireMockServer server = new WireMockServer(options().httpDisabled(true).dynamicHttpsPort().keystoreType("PKCS12")
                    .keystorePath(STORE).keystorePassword("password").keyManagerPassword("password"));
            server.start();
            server.stubFor(cohorts(PostHogStub.path(""), 8));
            port = server.httpsPort();
            System.setProperty(PORT, port.toString());
        }
        return port;
    }

    private static void makeCertificate() {
        try {
            Files.deleteIfExists(Path.of(STORE));
            int status = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-keyalg", "RSA", "-alias", "posthog", "-dname", "CN=localhost", "-ext",
                    "SAN=dns:localhost", "-storetype", "PKCS12", "-keystore", STORE, "-storepass", "password")
                    .inheritIO().start().waitFor();
            assertThat(status).as("keytool").isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
