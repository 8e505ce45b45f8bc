package io.quarkiverse.posthog.deployment.devservices;

import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.runtime.LaunchMode;

/** Finds the page of the extension in the Dev UI, for applications that are reachable on a fixed port. */
final class DevUiAddress {

    private static final String PAGE = "dev-ui/quarkus-posthog/events";

    private DevUiAddress() {
    }

    /** Returns the URL of the page; empty if the application has no Dev UI or an unknown port. */
    static Optional<String> of(LaunchModeBuildItem launchMode, Capabilities capabilities) {
        boolean served = launchMode.getLaunchMode() == LaunchMode.DEVELOPMENT
                && capabilities.isPresent(Capability.VERTX_HTTP);
        Config config = ConfigProvider.getConfig();
        return served ? config.getOptionalValue("quarkus.http.port", Integer.class).or(() -> Optional.of(8080))
                .filter(port -> port > 0).map(port -> "http://localhost:" + port + path(config)) : Optional.empty();
    }

    private static String path(Config config) {
        String root = config.getOptionalValue("quarkus.http.root-path", String.class).orElse("/");
        String nonApplication = config.getOptionalValue("quarkus.http.non-application-root-path", String.class).orElse("q");
        String parent = nonApplication.startsWith("/") ? nonApplication : "/" + root + "/" + nonApplication;
        return (parent + "/" + PAGE).replaceAll("/{2,}", "/");
    }
}
