package io.quarkiverse.posthog.runtime.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkus.runtime.LaunchMode;

/** Warns in production if anyone who reaches the HTTP endpoint can change data. */
@Singleton
public class EndpointSecurityCheck {

    private static final Logger LOG = Logger.getLogger(EndpointSecurityCheck.class);

    private static final Pattern PERMISSION = Pattern
            .compile("quarkus\\.http\\.auth\\.permission\\.(\"[^\"]+\"|[^.\"]+)\\.paths");

    private final McpEndpoint endpoint;
    private final FunctionExecutor executor;
    private final Config config;

    @Inject
    EndpointSecurityCheck(McpEndpoint endpoint, FunctionExecutor executor, Config config) {
        this.endpoint = endpoint;
        this.executor = executor;
        this.config = config;
    }

    void warn() {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            problem().ifPresent(LOG::warn);
        }
    }

    /** Returns the warning; empty if writes are denied, or if the path has a security policy. */
    Optional<String> problem() {
        List<String> writable = executor.accounts().keySet().stream()
                .filter(account -> executor.policy().configured(FunctionOperation.WRITE, account) != Access.DENY).toList();
        if (writable.isEmpty() || endpoint.path().isEmpty() || !isListening() || isSecured(config, endpoint.path().get())) {
            return Optional.empty();
        }
        return Optional.of("Everyone who can reach " + endpoint.path().get() + " can use the keys of PostHog account "
                + String.join(", ", writable) + ", because the path has no HTTP security policy. Set "
                + "quarkus.http.auth.permission.posthog.paths=" + endpoint.path().get() + "," + endpoint.path().get()
                + "/* and quarkus.http.auth.permission.posthog.policy=authenticated, or deny changes with " + McpConfig.PREFIX
                + ".write=deny. If something else protects the path, ignore this warning.");
    }

    private boolean isListening() {
        return config.getOptionalValue("quarkus.http.host-enabled", Boolean.class).orElse(true)
                || config.getOptionalValue("quarkus.http.domain-socket-enabled", Boolean.class).orElse(false);
    }

    /** Returns whether the configuration has a security policy for the path, and for the paths below it, which SSE uses. */
    static boolean isSecured(Config config, String path) {
        return isProtected(config, path) && isProtected(config, path + "/sse") && isProtected(config, path + "/messages/1");
    }

    private static boolean isProtected(Config config, String path) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false).map(PERMISSION::matcher)
                .filter(Matcher::matches).anyMatch(permission -> protects(config, permission.group(1), path));
    }

    private static boolean protects(Config config, String permission, String path) {
        String prefix = "quarkus.http.auth.permission." + permission + ".";
        boolean enabled = config.getOptionalValue(prefix + "enabled", Boolean.class).orElse(true);
        String policy = config.getOptionalValue(prefix + "policy", String.class).orElse("permit");
        // A policy for some methods permits the others
        boolean allMethods = config.getOptionalValue(prefix + "methods", String[].class).isEmpty();
        return enabled && allMethods && !policy.equals("permit")
                && config.getOptionalValue(prefix + "paths", String[].class).stream()
                        .flatMap(Arrays::stream).anyMatch(pattern -> matches(pattern.strip(), path));
    }

    /** A pattern ends with an asterisk for all paths below it; an inner asterisk is one segment. */
    private static boolean matches(String pattern, String path) {
        String absolute = pattern.startsWith("/") ? pattern : "/" + pattern;
        if (absolute.endsWith("*")) {
            String beginning = absolute.substring(0, absolute.length() - 1);
            return path.startsWith(beginning) || (path + "/").equals(beginning);
        }
        return absolute.equals(path);
    }
}
