package io.quarkiverse.posthog.runtime.flags.definitions;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.quarkiverse.posthog.runtime.rest.api.FlagDefinitionsApi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** PostHog's definitions, without a network: it keeps what it was asked, and answers what the test tells it to. */
final class DefinitionsStub implements FlagDefinitionsApi {

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Uni<RestResponse<byte[]>>> next = new ConcurrentLinkedDeque<>();
    private volatile Uni<RestResponse<byte[]>> otherwise = ok(flags());

    @Override
    public Uni<Response> definitions(String etag, String token, String sendCohorts) {
        return Refusals.response(Uni.createFrom().deferred(() -> {
            requests.add(new Request(etag, token, sendCohorts));
            Uni<RestResponse<byte[]>> answer = next.poll();
            return answer == null ? otherwise : answer;
        }));
    }

    /** All requests are answered with this. */
    void always(Uni<RestResponse<byte[]>> answer) {
        otherwise = answer;
    }

    /** The next requests are answered with these, and then as before. */
    @SafeVarargs
    final void answering(Uni<RestResponse<byte[]>>... answers) {
        next.addAll(List.of(answers));
    }

    /** The ETags that were sent, in turn; null for none. */
    List<String> etags() {
        return requests.stream().map(Request::etag).toList();
    }

    static Uni<RestResponse<byte[]>> ok(String json) {
        return ok(json, null);
    }

    static Uni<RestResponse<byte[]>> ok(String json, String etag) {
        return answer(ResponseBuilder.ok(json.getBytes(StandardCharsets.UTF_8)), etag);
    }

    static Uni<RestResponse<byte[]>> notModified(String etag) {
        return answer(ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED), etag);
    }

    private static Uni<RestResponse<byte[]>> answer(ResponseBuilder<byte[]> response, String etag) {
        return Uni.createFrom().item((etag == null ? response : response.header(HttpHeaders.ETAG, etag)).build());
    }

    static Uni<RestResponse<byte[]>> status(int status) {
        return status(status, null);
    }

    static Uni<RestResponse<byte[]>> status(int status, String retryAfter) {
        return Uni.createFrom().failure(() -> Refusals.of(status, retryAfter));
    }

    static Uni<RestResponse<byte[]>> refusedConnection() {
        return Uni.createFrom().failure(() -> new ProcessingException(new ConnectException("Connection refused")));
    }

    /** Definitions of flags that are on for everybody. */
    static String flags(String... keys) {
        StringBuilder flags = new StringBuilder();
        for (String key : keys) {
            flags.append(flags.isEmpty() ? "" : ",").append(flag(key, 100));
        }
        return definitions(flags.toString(), "");
    }

    static String flag(String key, int rollout) {
        return ("{\"key\":\"%s\",\"active\":true,\"filters\":{\"groups\":[{\"properties\":[],"
                + "\"rollout_percentage\":%d}]}}").formatted(key, rollout);
    }

    /** @param more further members, each after a comma */
    static String definitions(String flags, String more) {
        return "{\"flags\":[" + flags + "],\"group_type_mapping\":{\"0\":\"company\"}" + more + "}";
    }

    /** What PostHog was asked. */
    record Request(String etag, String token, String sendCohorts) {
    }

    /** No answer until the test wants one. */
    static final class Held {

        private UniEmitter<? super RestResponse<byte[]>> emitter;

        Uni<RestResponse<byte[]>> answer() {
            return Uni.createFrom().emitter(emitter -> this.emitter = emitter);
        }

        void release(Uni<RestResponse<byte[]>> answer) {
            answer.subscribe().with(emitter::complete, emitter::fail);
        }
    }
}
