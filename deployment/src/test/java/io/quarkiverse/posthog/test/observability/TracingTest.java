package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;

/** Events and requests to PostHog are found in traces. */
class TracingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-opentelemetry")
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Orders.class, Spans.class, Seen.class))
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.otel.metrics.exporter", "none")
            .overrideConfigKey("quarkus.otel.logs.exporter", "none")
            .overrideConfigKey("quarkus.posthog.exceptions.autocapture.rest", "true");

    @Singleton
    public static class Seen implements BeforeSend {

        final Queue<CaptureEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            events.add(event);
            return event;
        }
    }

    public static class Spans {

        static final InMemorySpanExporter EXPORTER = InMemorySpanExporter.create();

        @Produces
        @Singleton
        SpanProcessor processor() {
            return SimpleSpanProcessor.create(EXPORTER);
        }

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return EXPORTER;
        }
    }

    @Path("/orders")
    public static class Orders {

        @Inject
        PostHog postHog;

        @GET
        public String capture() {
            postHog.capture(CaptureEvent.of("order placed", "zoe"));
            return Span.current().getSpanContext().getTraceId() + " " + Span.current().getSpanContext().getSpanId();
        }

        @GET
        @Path("/broken")
        public String fail() {
            throw new ServiceUnavailableException(Span.current().getSpanContext().getTraceId());
        }

        @GET
        @Path("/flushed")
        public Uni<String> flush() {
            String ids = capture();
            return postHog.flush().map(status -> ids);
        }

        @GET
        @Path("/dashboard")
        public Uni<String> dashboard() {
            return postHog.dashboards().get(7).map(dashboard -> Span.current().getSpanContext().getTraceId());
        }
    }

    @Inject
    PostHog postHog;

    @Inject
    Seen seen;

    @Inject
    InMemorySpanExporter spans;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
        stub.register(post(anyUrl()).willReturn(jsonResponse("{\"status\":1}", 200)));
        stub.register(get(anyUrl()).willReturn(jsonResponse("{\"id\": 7, \"name\": \"Sales\"}", 200)));
        spans.reset();
        seen.events.clear();
    }

    @Test
    @Tag("OTL-1")
    void anEventHasTheIdsOfItsTraceAndSpan() {
        String[] ids = RestAssured.get("/orders").then().statusCode(200).extract().asString().split(" ");

        assertThat(seen.events).singleElement().satisfies(event -> assertThat(event.properties())
                .containsEntry("trace_id", ids[0]).containsEntry("span_id", ids[1]));
    }

    @Test
    @Tag("OTL-1")
    @Tag("EXC-7")
    void anExceptionOfARequestHasTheIdsOfItsTraceAlsoWhenItIsCapturedAfterIt() {
        RestAssured.get("/orders/broken").then().statusCode(503);

        await().until(() -> !seen.events.isEmpty());
        assertThat(seen.events).singleElement().satisfies(event -> assertThat(event.properties())
                .containsEntry("trace_id", event.properties().get("$exception_message")).containsKey("span_id"));
    }

    @Test
    @Tag("OTL-1")
    void anEventOutsideOfATraceHasNone() {
        postHog.capture(CaptureEvent.of("order placed", "zoe"));

        assertThat(seen.events).singleElement()
                .satisfies(event -> assertThat(event.properties()).doesNotContainKeys("trace_id", "span_id"));
    }

    @Test
    @Tag("OTL-2")
    void aRequestToPostHogIsASpanNamedByItsRoute() {
        String trace = RestAssured.get("/orders/dashboard").then().statusCode(200).extract().asString();

        // Events of other tests may be sent at the same time
        assertThat(clientSpans()).filteredOn(span -> !span.getName().endsWith("/batch/")).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("GET /api/projects/{project}/dashboards/{id}/");
            assertThat(span.getTraceId()).isEqualTo(trace);
        });
    }

    @Test
    @Tag("OTL-3")
    void aRequestWithEventsOfManyBelongsToTheTraceOfNone() {
        String trace = RestAssured.get("/orders/flushed").then().statusCode(200).extract().asString().split(" ")[0];

        assertThat(clientSpans()).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("POST /batch/");
            assertThat(span.getTraceId()).isNotEqualTo(trace);
            assertThat(span.getParentSpanContext().isValid()).isFalse();
        });
    }

    /** A span ends a moment after its answer has come. */
    private List<SpanData> clientSpans() {
        return await().until(() -> spans.getFinishedSpanItems().stream().filter(span -> span.getKind() == SpanKind.CLIENT)
                .toList(), found -> !found.isEmpty());
    }
}
