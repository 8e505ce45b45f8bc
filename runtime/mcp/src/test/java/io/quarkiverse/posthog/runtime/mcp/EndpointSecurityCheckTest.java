package io.quarkiverse.posthog.runtime.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class EndpointSecurityCheckTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "/mcp,/mcp/*", "/*", "/mcp*", "mcp/*", "/other, /mcp/*", "/mcp/*" })
    void aPolicyForThePathSecuresIt(String paths) {
        assertThat(EndpointSecurityCheck.isSecured(config(paths, "authenticated"), "/mcp")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "/other | authenticated", "/mcp | permit", "/mcp2 | authenticated", "/m | deny",
            "/mcp | authenticated", "/mcp,/mcp/sse | authenticated" })
    void anotherPathOrAPolicyThatPermitsDoesNot(String paths, String policy) {
        assertThat(EndpointSecurityCheck.isSecured(config(paths, policy), "/mcp")).isFalse();
    }

    @Test
    void aDisabledPermissionDoesNot() {
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.http.auth.permission.\"my one\".paths", "/mcp/*");
        properties.put("quarkus.http.auth.permission.\"my one\".policy", "authenticated");
        assertThat(EndpointSecurityCheck.isSecured(config(properties), "/mcp")).isTrue();

        properties.put("quarkus.http.auth.permission.\"my one\".enabled", "false");
        assertThat(EndpointSecurityCheck.isSecured(config(properties), "/mcp")).isFalse();
        assertThat(EndpointSecurityCheck.isSecured(config(Map.of()), "/mcp")).isFalse();
    }

    @Test
    void aPolicyForSomeMethodsDoesNot() {
        assertThat(EndpointSecurityCheck.isSecured(config(Map.of("quarkus.http.auth.permission.a.paths", "/mcp/*",
                "quarkus.http.auth.permission.a.policy", "authenticated", "quarkus.http.auth.permission.a.methods", "GET")),
                "/mcp")).isFalse();
    }

    private static Config config(String paths, String policy) {
        return config(Map.of("quarkus.http.auth.permission.a.paths", paths, "quarkus.http.auth.permission.a.policy", policy));
    }

    private static Config config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(properties, "test", 100)).build();
    }
}
