package org.acme.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Receives batches, and remembers each event as PostHog does: by its UUID, name, distinct ID and timestamp. */
final class PostHogServer {

    /** The name of an event that is rejected. */
    static final String INVALID = "invalid";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    /** The different events with a UUID. PostHog stores each of them. */
    final Map<UUID, Set<String>> events = new ConcurrentHashMap<>();
    /** The UUIDs by distinct ID, in the order in which they arrived first. */
    final Map<String, List<UUID>> order = new ConcurrentHashMap<>();
    final AtomicLong received = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    volatile int status = 200;

    PostHogServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void close() {
        server.stop(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode batch = JSON.readTree(exchange.getRequestBody()).path("batch");
            int now = batch.findValuesAsText("event").contains(INVALID) ? 400 : status;
            if (now == 200) {
                batch.forEach(event -> {
                    received.incrementAndGet();
                    UUID uuid = UUID.fromString(event.get("uuid").asText());
                    if (!events.containsKey(uuid)) {
                        order.computeIfAbsent(event.get("distinct_id").asText(), id -> new CopyOnWriteArrayList<>()).add(uuid);
                    }
                    events.computeIfAbsent(uuid, it -> ConcurrentHashMap.newKeySet())
                            .add(event.get("event") + " " + event.get("distinct_id") + " " + event.get("timestamp"));
                });
            } else {
                failed.incrementAndGet();
            }
            byte[] body = "{\"status\":\"Ok\"}".getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(now, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
