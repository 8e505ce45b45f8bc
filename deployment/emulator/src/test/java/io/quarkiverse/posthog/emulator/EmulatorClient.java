package io.quarkiverse.posthog.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Talks to an emulator, and checks each answer of the private API against its schema. */
final class EmulatorClient {

    private static final String PROJECT = "/api/projects/@current";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AnswerSchemas schemas = new AnswerSchemas();
    private final ObjectMapper mapper = new ObjectMapper();
    private final String baseUrl;
    private final String key;

    EmulatorClient(String baseUrl, String key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    EmulatorClient withKey(String other) {
        return new EmulatorClient(baseUrl, other);
    }

    /** An answer. */
    record Answer(int status, Map<String, List<String>> headers, String body) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        JsonNode results() {
            return json().get("results");
        }

        /** A field of every result. */
        List<String> each(String field) {
            return results().valueStream().map(row -> row.get(field).asText()).toList();
        }

        String text(String field) {
            return json().path(field).asText(null);
        }

        Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
        }
    }

    Answer get(String path) {
        return send("GET", PROJECT + path, null, Map.of());
    }

    /** GET of a path outside of the project. */
    Answer fetch(String path) {
        return send("GET", path, null, Map.of());
    }

    Answer post(String path, String body) {
        return send("POST", PROJECT + path, body, Map.of());
    }

    Answer patch(String path, String body) {
        return send("PATCH", PROJECT + path, body, Map.of());
    }

    Answer delete(String path) {
        return send("DELETE", PROJECT + path, null, Map.of());
    }

    Answer query(String sql, Object... namesAndValues) {
        var query = mapper.createObjectNode();
        var inner = query.putObject("query").put("kind", "HogQLQuery").put("query", sql);
        var values = inner.putObject("values");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.set((String) namesAndValues[i], mapper.valueToTree(namesAndValues[i + 1]));
        }
        return post("/query/", query.toString());
    }

    Answer control(String method, String path, String body) {
        return send(method, "/_emulator" + path, body, Map.of());
    }

    Answer capture(String path, String body) {
        return send("POST", path, body, Map.of());
    }

    Answer send(String method, String path, String body, Map<String, String> headers) {
        return sendBody(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    Answer sendBody(String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body.contentLength() > 0 && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            schemas.check(method, path, response.statusCode(), response.body());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
