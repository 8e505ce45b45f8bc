package io.quarkiverse.posthog.runtime.flags;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.quarkiverse.posthog.runtime.rest.api.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;

/** PostHog's evaluation, without a network: it keeps what it was asked, and answers what the test tells it to. */
final class FlagsStub implements FlagsApi {

    /** No flags at all. */
    static final String NOTHING = "{'flags': {}}";

    final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    final List<Integer> versions = new CopyOnWriteArrayList<>();
    /** The text "null" for none. */
    final List<String> encodings = new CopyOnWriteArrayList<>();
    private final Deque<Uni<RestResponse<byte[]>>> next = new ConcurrentLinkedDeque<>();
    private volatile Uni<RestResponse<byte[]>> otherwise = ok(NOTHING);

    @Override
    public Uni<Response> evaluate(int version, String encoding, RequestBody body) {
        return Refusals.response(Uni.createFrom().deferred(() -> {
            requests.add(json("gzip".equals(encoding) ? decompressed(body.bytes()) : body.bytes()));
            encodings.add(String.valueOf(encoding));
            versions.add(version);
            Uni<RestResponse<byte[]>> answer = next.poll();
            return answer == null ? otherwise : answer;
        }));
    }

    /** All requests are answered with this JSON, which may have single quotes. */
    void answers(String json) {
        otherwise = ok(json);
    }

    /** The next request is answered with this, and then as before. */
    void next(Uni<RestResponse<byte[]>> answer) {
        next.add(answer);
    }

    /** The next request fails. */
    void fails(Throwable failure) {
        next(Uni.createFrom().failure(failure));
    }

    static Uni<RestResponse<byte[]>> ok(String json) {
        return Uni.createFrom().item(ResponseBuilder.ok(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).build());
    }

    /** A flag of an answer; with what more is given, each member after a comma. */
    static String flag(String key, String value, String more) {
        boolean variant = !value.equals("true") && !value.equals("false");
        return "'" + key + "': {'key': '" + key + "', 'enabled': " + !value.equals("false")
                + (variant ? ", 'variant': '" + value + "'" : "") + more + "}";
    }

    /** An answer with these flags: keys and values in turn. */
    static String flags(String... keysAndValues) {
        StringBuilder flags = new StringBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            flags.append(i == 0 ? "" : ", ").append(flag(keysAndValues[i], keysAndValues[i + 1], ""));
        }
        return "{'flags': {" + flags + "}}";
    }

    private static byte[] decompressed(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return TestAccounts.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
