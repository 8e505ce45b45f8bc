package io.quarkiverse.posthog.emulator;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;

/** Sends batches by version 1 of capture, with headers that are right unless a test changes them. */
final class CaptureV1Client {

    static final String PATH = "/i/v1/analytics/events";
    static final String REQUEST_ID = "0193ffff-0000-7000-8000-00000000abcd";

    private final EmulatorClient client;
    private final Map<String, String> headers;

    CaptureV1Client(EmulatorClient client) {
        this(client.withKey(null), new LinkedHashMap<>(Map.of("Authorization", "Bearer phc_emulator", "PostHog-Sdk-Info",
                "posthog-quarkus/1.2.3", "PostHog-Attempt", "1", "PostHog-Request-Id", REQUEST_ID,
                "PostHog-Request-Timestamp", Instant.now().toString(), "Content-Type", "application/json")));
    }

    private CaptureV1Client(EmulatorClient client, Map<String, String> headers) {
        this.client = client;
        this.headers = headers;
    }

    /** With another value of a header, {@code null} for none. */
    CaptureV1Client with(String header, String value) {
        Map<String, String> others = new LinkedHashMap<>(headers);
        if (value == null) {
            others.remove(header);
        } else {
            others.put(header, value);
        }
        return new CaptureV1Client(client, others);
    }

    Answer batch(String... events) {
        return send("{\"created_at\": \"" + Instant.now() + "\", \"batch\": [" + String.join(",", events) + "]}");
    }

    Answer send(String body) {
        return send(BodyPublishers.ofString(body));
    }

    Answer send(BodyPublisher body) {
        return client.sendBody("POST", PATH, body, headers);
    }

    /** An event with the uuid of a number, and with more fields. */
    static String event(int number, String more) {
        return "{\"uuid\": \"" + EmulatorTestBase.uuid(number) + "\", \"event\": \"viewed\", \"distinct_id\": \"user-1\","
                + " \"timestamp\": \"" + Instant.now() + "\"" + more + "}";
    }

    static String event(int number) {
        return event(number, "");
    }
}
