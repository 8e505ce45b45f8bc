package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall.Method;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;

class EndpointRequestTest {

    private static EndpointRequest request(Method method, String path) {
        return EndpointRequest.of(method, ApiPath.of(path));
    }

    @ParameterizedTest
    @CsvSource({ "GET,/api/projects/{project}/annotations/,CRUD", "GET,/api/projects/{project}/events/,ANALYTICS",
            "GET,/api/projects/4242/events/{id}/,ANALYTICS", "GET,/api/environments/{environment}/insights/,ANALYTICS",
            "GET,/api/projects/{project}/session_recordings/,ANALYTICS", "GET,/api/projects/{project}/persons/,PERSONS",
            "DELETE,/api/projects/{project}/persons/{id}/,CRUD", "POST,/api/projects/{project}/query/,QUERIES",
            "GET,/api/projects/{project}/cohorts/{id}/persons/,CRUD", "GET,/api/users/@me/,CRUD",
            "GET,/api/projects/{project}/,CRUD", "GET,/api/organizations/{organization}/events/,CRUD" })
    @Tag("API-6")
    void countsTowardsTheLimitOfItsResource(Method method, String path, Limit limit) {
        assertThat(request(method, path).operation().limit()).isEqualTo(limit);
    }

    @Test
    @Tag("API-6")
    void computedResponsesHaveMoreTime() {
        EndpointRequest request = request(Method.GET, "/api/projects/{project}/experiments/{id}/");

        assertThat(request.operation().endpoint()).isSameAs(ApiEndpoint.API);
        assertThat(request.asLongRunning().operation().endpoint()).isSameAs(ApiEndpoint.QUERIES);
        assertThat(request(Method.POST, "/api/projects/{project}/query/").operation().endpoint()).isSameAs(ApiEndpoint.QUERIES);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    @Tag("API-5")
    void onlyWhatCanBeRepeatedIsRetried(Method method) {
        EndpointRequest request = request(method, "/api/projects/{project}/annotations/");

        assertThat(request.operation().retry()).isEqualTo(method == Method.GET ? Retry.SAFE : Retry.IF_REJECTED);
        assertThat(request.asIdempotent().operation().retry()).isEqualTo(Retry.SAFE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "token", "api_key", "personal_api_key", " Token ", "API_KEY" })
    @Tag("API-1")
    void keysAreNoParameters(String name) {
        EndpointRequest request = request(Method.GET, "/api/projects/{project}/annotations/");

        assertThatIllegalArgumentException().isThrownBy(() -> request.query(name, "phc_secretsecret"))
                .withMessageContaining("is not permitted").withMessageNotContaining("phc_secret");
    }

    @Test
    void metricsDoNotContainPaths() {
        var operation = request(Method.PATCH, "/api/projects/{project}/annotations/7/").operation();

        assertThat(operation.name()).isEqualTo("api.patch /api/projects/{project}/annotations/{id}/");
        assertThat(operation.metric()).isEqualTo("api.patch");
    }

    @Test
    void requestsAreImmutable() {
        EndpointRequest request = request(Method.GET, "/api/x/{id}/").query("a", 1);

        EndpointRequest changed = request.query("b", 2).query("a", null).path("id", 3);

        assertThat(request.parameters()).containsOnlyKeys("a");
        assertThat(request.path().unset()).containsExactly("id");
        assertThat(changed.parameters()).containsOnlyKeys("b");
    }

    @Test
    void deleteHasNoBody() {
        assertThatIllegalArgumentException().isThrownBy(() -> request(Method.DELETE, "/api/x/").body("{}"));
    }
}
