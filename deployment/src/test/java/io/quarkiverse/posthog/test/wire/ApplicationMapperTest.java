package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.test.QuarkusUnitTest;

/** However an application writes its own JSON, that of PostHog stays as it is. */
class ApplicationMapperTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application();

    @Inject
    PostHog postHog;

    @Test
    void doesNotChangeTheProtocol() {
        WireMock stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(jsonResponse("""
                {"columns": ["n"], "types": [["n", "Float64"]], "results": [[49.90]], "hasMore": true, "query_status": null,
                 "brand_new": 1}""", 200)));

        var result = postHog.query(HogQLQuery.of("select n")).await().atMost(Duration.ofSeconds(10));

        assertThat(result.rows().get(0).get("n")).isEqualTo(new BigDecimal("49.90"));
        assertThat(result.hasMore()).isTrue();
        assertThat(stub.find(anyRequestedFor(anyUrl()))).singleElement().satisfies(request -> assertThat(
                request.getBodyAsString()).isEqualTo("""
                        {"query":{"kind":"HogQLQuery","query":"select n","values":{}},"refresh":"blocking"}"""));
    }

    @Test
    void writesTheValuesOfTheApplication() {
        WireMock stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(jsonResponse("{\"status\": 1}", 200)));

        postHog.captureImmediate(CaptureEvent.of("order placed", "zoey").property("order", Map.of("Moment", Instant.EPOCH)))
                .await().atMost(Duration.ofSeconds(10));

        assertThat(stub.find(anyRequestedFor(anyUrl()))).singleElement().satisfies(request -> assertThat(
                request.getBodyAsString()).startsWith("{\"api_key\":\"" + PostHogStub.PROJECT_KEY + "\",\"sent_at\":\"")
                .contains("\"batch\":[{\"event\":\"order placed\"", "\"distinct_id\":\"zoey\"",
                        "\"order\":{\"Moment\":\"1970-01-01T00:00:00Z\"}"));
    }

    @Singleton
    public static class Odd implements ObjectMapperCustomizer {

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                    .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        }
    }
}
