package io.quarkiverse.posthog.runtime.config;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The request context, for all accounts. */
@ConfigMapping(prefix = "quarkus.posthog.context")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogContextConfig {

    /**
     * Whether to take the distinct ID of events and flag evaluations that have none, and properties of events, from the
     * current HTTP request. If set to false, `PostHogContext` is initially empty.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether to identify the person and the session of a request by the headers `X-POSTHOG-DISTINCT-ID` and
     * `X-POSTHOG-SESSION-ID`. PostHog's browser SDK sends these headers, but any client can send them with any value.
     */
    @WithDefault("true")
    boolean tracingHeaders();

    /**
     * The order in which the sources of the distinct ID are used.
     */
    @WithDefault("headers-first")
    IdentityOrder identityOrder();

    /**
     * The authenticated user, if the application uses Quarkus Security.
     */
    SecurityConfig security();

    /**
     * The event properties that describe the request.
     */
    PropertiesConfig properties();

    /** The order in which the sources of the distinct ID are used. */
    enum IdentityOrder {

        /** First the request headers, then the resolvers and the authenticated user. */
        HEADERS_FIRST,

        /** First the resolvers and the authenticated user, then the request headers. */
        IDENTITY_FIRST
    }

    /** The authenticated user, if the application uses Quarkus Security. */
    @ConfigGroup
    interface SecurityConfig {

        /**
         * Whether to use the authenticated user as the person.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The claim of the token, or the attribute of the `SecurityIdentity`, that contains the distinct ID. If it is
         * not set, the distinct ID is the name of the principal.
         */
        Optional<String> distinctIdClaim();

        /**
         * The groups of the person: for each group type, such as `company`, the claim or attribute that contains the
         * group key.
         */
        @ConfigDocMapKey("group-type")
        Map<String, String> groupClaims();
    }

    /** The event properties that describe the request. */
    @ConfigGroup
    interface PropertiesConfig {

        /**
         * Whether to add the URL as `$current_url`.
         */
        @WithDefault("true")
        boolean currentUrl();

        /**
         * Whether to include the query string in `$current_url`. The query string can contain sensitive data.
         */
        @WithDefault("false")
        boolean query();

        /**
         * Whether to add the HTTP method as `$request_method`.
         */
        @WithDefault("true")
        boolean requestMethod();

        /**
         * Whether to add the path as `$request_path`.
         */
        @WithDefault("true")
        boolean requestPath();

        /**
         * Whether to add the user agent as `$user_agent`.
         */
        @WithDefault("true")
        boolean userAgent();

        /**
         * Whether to add the IP address of the client as `$ip`. If the application runs behind a proxy, see
         * `quarkus.http.proxy.proxy-address-forwarding`. For PostHog to determine the location, also set
         * `capture.geoip`.
         */
        @WithDefault("false")
        boolean ip();

        /**
         * Whether to add the IDs of the current trace and span as `trace_id` and `span_id`, if the application uses
         * OpenTelemetry.
         */
        @WithDefault("true")
        boolean trace();
    }
}
