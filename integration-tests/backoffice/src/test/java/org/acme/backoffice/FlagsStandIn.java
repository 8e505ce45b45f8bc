package org.acme.backoffice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A PostHog stub in which the flag {@code refunds} is on for anna and for members of the company acme. */
public class FlagsStandIn implements QuarkusTestResourceLifecycleManager {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ObjectMapper mapper = new ObjectMapper();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/flags/", exchange -> {
            JsonNode request = mapper.readTree(exchange.getRequestBody());
            String person = request.path("distinct_id").asText();
            asked.add(person);
            boolean enabled = person.equals("anna") || request.at("/groups/company").asText().equals("acme");
            byte[] answer = ("{\"flags\": {\"refunds\": {\"key\": \"refunds\", \"enabled\": " + enabled + "}}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return Map.of("quarkus.posthog.host", "http://localhost:" + server.getAddress().getPort(),
                "quarkus.posthog.project-api-key", "phc_backoffice", "quarkus.posthog.capture.enabled", "false");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(asked, new TestInjector.MatchesType(List.class));
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
