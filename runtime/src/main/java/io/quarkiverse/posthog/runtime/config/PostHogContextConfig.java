package io.quarkiverse.posthog.runtime.config;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a request tells PostHog about itself, for all accounts. */
@ConfigMapping(prefix = "quarkus.posthog.context")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogContextConfig {

    /**
     * Whether HTTP requests say whom events and flag evaluations without a distinct id are for, and what events say about the
     * request. Otherwise `PostHogContext` begins empty.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether the headers `X-POSTHOG-DISTINCT-ID` and `X-POSTHOG-SESSION-ID` say who makes the request. PostHog's browser
     * library sends them; so can anybody else.
     */
    @WithDefault("true")
    boolean tracingHeaders();

    /**
     * Who is asked first for the person.
     */
    @WithDefault("headers-first")
    Order order();

    /**
     * The authenticated user, where the application has Quarkus Security.
     */
    SecurityConfig security();

    /**
     * What events say about the request they are captured in.
     */
    PropertiesConfig properties();

    /** Who is asked first for the person. */
    enum Order {

        /** The headers of the request; without them the resolvers and the authenticated user. */
        HEADERS_FIRST,

        /** The resolvers and the authenticated user; without them the headers. */
        IDENTITY_FIRST
    }

    /** The authenticated user, where the application has Quarkus Security. */
    @ConfigGroup
    interface SecurityConfig {

        /**
         * Whether the authenticated user is the person.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * What holds the distinct id: a claim of the token, or an attribute of the `SecurityIdentity`. Without it, the name of
         * the principal is the distinct id.
         */
        Optional<String> claim();

        /**
         * The groups the person acts for: by group type, such as `company`, the claim or attribute that holds the key.
         */
        @ConfigDocMapKey("group-type")
        Map<String, String> groupClaims();
    }

    /** What events say about the request they are captured in. */
    @ConfigGroup
    interface PropertiesConfig {

        /**
         * Whether events have the URL, as `$current_url`.
         */
        @WithDefault("true")
        boolean currentUrl();

        /**
         * Whether the URL has its query, which may hold what is nobody's business.
         */
        @WithDefault("false")
        boolean query();

        /**
         * Whether events have the HTTP method, as `$request_method`.
         */
        @WithDefault("true")
        boolean requestMethod();

        /**
         * Whether events have the path, as `$request_path`.
         */
        @WithDefault("true")
        boolean requestPath();

        /**
         * Whether events have the user agent, as `$user_agent`.
         */
        @WithDefault("true")
        boolean userAgent();

        /**
         * Whether events have the address the request came from, as `$ip`. Behind a proxy, see
         * `quarkus.http.proxy.proxy-address-forwarding`. To have it located, set `capture.geoip` as well.
         */
        @WithDefault("false")
        boolean ip();

        /**
         * Whether events have the ids of the trace and of the span they are captured in, as `trace_id` and `span_id`, where
         * the application has OpenTelemetry.
         */
        @WithDefault("true")
        boolean trace();
    }
}
