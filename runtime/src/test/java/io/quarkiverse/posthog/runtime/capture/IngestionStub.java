package io.quarkiverse.posthog.runtime.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** PostHog's ingestion, without a network: it keeps what it was sent, and answers what the test tells it to. */
public final class IngestionStub implements IngestionApi {

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Answer> next = new ConcurrentLinkedDeque<>();
    private volatile Answer otherwise = success();
    private volatile RuntimeException thrown;

    @Override
    public Uni<Response> batch(String encoding, RequestBody body) {
        return answer(new Request(BATCH, 0, null, null, encoding, body.bytes()));
    }

    @Override
    public Uni<Response> aiBatch(String encoding, RequestBody body) {
        return answer(new Request(AI_BATCH, 0, null, null, encoding, body.bytes()));
    }

    @Override
    public Uni<Response> analyticsEvents(String authorization, String library, int attempt, String requestId,
            String timestamp, String encoding, RequestBody body) {
        return answer(new Request(ANALYTICS_EVENTS, attempt, requestId, timestamp, encoding, body.bytes()));
    }

    private Uni<Response> answer(Request request) {
        RuntimeException failure = thrown;
        if (failure != null) {
            thrown = null;
            throw failure;
        }
        return Refusals.response(Uni.createFrom().deferred(() -> {
            requests.add(request);
            Answer answer = next.poll();
            return (answer == null ? otherwise : answer).to(request);
        }));
    }

    /** The next call of the client fails before there is a request. */
    public void throwing(RuntimeException failure) {
        thrown = failure;
    }

    /** The next requests are answered with these, and then as before. */
    public void answering(Answer... answers) {
        next.addAll(List.of(answers));
    }

    /** All requests are answered with this. */
    public void always(Answer answer) {
        otherwise = answer;
    }

    public List<Request> requests() {
        return requests;
    }

    public Request request(int index) {
        return requests.get(index);
    }

    /** The names of the events, for each request. */
    public List<List<String>> names() {
        return requests.stream().map(Request::names).toList();
    }

    public static Answer success() {
        return request -> Uni.createFrom().item(ResponseBuilder.ok("{\"status\": 1}").build());
    }

    public static Answer status(int status) {
        return status(status, null);
    }

    public static Answer status(int status, String retryAfter) {
        return request -> Uni.createFrom().failure(Refusals.of(status, retryAfter));
    }

    public static Answer refusedConnection() {
        return request -> Uni.createFrom().failure(new ProcessingException(new ConnectException("Connection refused")));
    }

    public static Answer timeout() {
        return request -> Uni.createFrom().failure(new ProcessingException(new TimeoutException("no answer")));
    }

    public static Answer text(String body) {
        return response(200, body);
    }

    /** A response that the REST client does not turn into a failure, whatever its status. */
    public static Answer response(int status, String body) {
        return request -> Uni.createFrom().item(ResponseBuilder.create(RestResponse.Status.OK, body).status(status).build());
    }

    public static Answer failure(Throwable failure) {
        return request -> Uni.createFrom().failure(failure);
    }

    /** Rejects each request that has an event for which this is true. */
    public static Answer rejecting(Predicate<String> events) {
        return request -> (request.names().stream().anyMatch(events)
                ? failure(Refusals.of(400, "validation_error", "invalid event"))
                : success()).to(request);
    }

    /** Protocol v1: what became of the events of the request, in their order; an event with null is not mentioned. */
    public static Answer results(String... results) {
        return results(null, results);
    }

    public static Answer results(Integer retryAfter, String... results) {
        return request -> {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < results.length; i++) {
                if (results[i] != null) {
                    fields.add("\"%s\": {\"result\": \"%s\", \"details\": \"said so\"}".formatted(request.uuids().get(i),
                            results[i]));
                }
            }
            ResponseBuilder<String> answer = ResponseBuilder.ok("{\"results\": {" + String.join(", ", fields) + "}}");
            return Uni.createFrom().item((retryAfter == null ? answer
                    : answer.header(HttpHeaders.RETRY_AFTER, retryAfter)).build());
        };
    }

    /** How a request is answered. */
    public interface Answer {

        Uni<RestResponse<String>> to(Request request);
    }

    /** No answer until the test wants one. */
    public static final class Held implements Answer {

        private Request request;
        private UniEmitter<? super RestResponse<String>> emitter;
        private boolean cancelled;

        @Override
        public Uni<RestResponse<String>> to(Request request) {
            this.request = request;
            return Uni.createFrom().<RestResponse<String>> emitter(emitter -> this.emitter = emitter)
                    .onCancellation().invoke(() -> cancelled = true);
        }

        public void release(Answer answer) {
            answer.to(request).subscribe().with(emitter::complete, emitter::fail);
        }

        public boolean isCancelled() {
            return cancelled;
        }
    }

    /** What was sent. */
    public record Request(String path, int attempt, String requestId, String timestamp, String encoding, byte[] body) {

        public JsonNode json() {
            try {
                return TestAccounts.mapper().readTree(decoded());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public byte[] decoded() throws IOException {
            return "gzip".equals(encoding) ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
        }

        public List<JsonNode> events() {
            List<JsonNode> events = new ArrayList<>();
            json().path("batch").forEach(events::add);
            return events;
        }

        public JsonNode event() {
            return json().path("batch").path(0);
        }

        public List<String> names() {
            return events().stream().map(event -> event.path("event").asText()).toList();
        }

        public List<String> uuids() {
            return events().stream().map(event -> event.path("uuid").asText()).toList();
        }
    }
}
