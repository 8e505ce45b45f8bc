package io.quarkiverse.posthog.deployment.devservices;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;

/** The build-time configuration of PostHog accounts. */
@ConfigMapping(prefix = "quarkus.posthog")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface PostHogBuildTimeConfig {

    /**
     * The PostHog accounts.
     */
    @WithParentName
    @WithDefaults
    @WithUnnamedKey(PostHogAccount.DEFAULT)
    @ConfigDocMapKey("account-name")
    Map<String, AccountBuildTimeConfig> accounts();

    /** A PostHog account. */
    @ConfigGroup
    interface AccountBuildTimeConfig {

        /**
         * The emulator of PostHog, which is used in dev mode and in tests.
         */
        DevServicesConfig devservices();
    }

    /** The emulator of PostHog, which is used in dev mode and in tests. */
    @ConfigGroup
    interface DevServicesConfig {

        /**
         * Whether to start the emulator in dev mode and in tests if the account has neither a key nor a host.
         * <p>
         * If set to true explicitly, the emulator is also started for an account that has only a host, and replaces the
         * host. A key always takes precedence over the emulator.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The port of the emulator in dev mode. Tests always use a free port.
         */
        @ConfigDocDefault("a free port")
        OptionalInt port();

        /**
         * Whether to start the emulator with the data of a demo shop. If set to false, it starts with an empty project.
         */
        @WithDefault("true")
        boolean seed();

        /**
         * The hosts, such as `emulator.test`, under which the emulator can be reached in addition to loopback hosts.
         * Requests with any other `Host` header are rejected, because they can come from a web page whose host name
         * resolves to the loopback address.
         */
        Optional<List<String>> allowedHosts();

        /**
         * The maximum memory of the events, persons, groups and requests that the emulator stores. Beyond it, the emulator
         * evicts the oldest events first.
         */
        @WithDefault("256M")
        MemorySize maxStoredSize();
    }
}
