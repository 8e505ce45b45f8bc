package io.quarkiverse.posthog.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves the flag definitions of each project. Instances identify themselves with the header {@value #INSTANCE}; the
 * system property {@value #URL} contains the URL.
 */
final class DefinitionsServer implements BeforeAllCallback, AfterAllCallback {

    static final String INSTANCE = "X-Instance";
    static final String URL = "posthog.definitions.url";
    /** The path of the number of requests for a token: test classes can be loaded twice, the server exists once. */
    static final String COUNT = "/requests";

    /** The definitions by project token. */
    private final Map<String, String> flags = new ConcurrentHashMap<>();
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/flags/definitions", this::answer);
        server.createContext(COUNT, this::count);
        server.start();
        System.setProperty(URL, url());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The project has this flag, which is on for everybody. */
    void define(String token, String flag) {
        flags.put(token, definitions(flag));
    }

    /**
     * The project has the flag {@code no-visits}, whose only filter compares the property {@code visits} with false.
     *
     * @param version the property matching version
     */
    void defineComparison(String token, int version) {
        flags.put(token, """
                {"flags":[{"id":1,"key":"no-visits","active":true,"filters":{"groups":[{"properties":[
                {"key":"visits","type":"person","operator":"exact","value":false}]}]}}],
                "group_type_mapping":{},"cohorts":{},"property_matching_version":%d}""".formatted(version));
    }

    /** PostHog has trouble with this project. */
    void fail(String token) {
        flags.remove(token);
    }

    /** This instance does not get through to PostHog any longer. */
    void cutOff(String instance) {
        cutOff.add(instance);
    }

    /** What was asked about a project, in turn. */
    List<Request> requests(String token) {
        return requests.stream().filter(request -> request.token().equals(token)).toList();
    }

    /** Who asked for the definitions of a project, in turn. */
    List<String> askers(String token) {
        return requests(token).stream().map(Request::instance).toList();
    }

    private void count(HttpExchange exchange) throws IOException {
        byte[] body = ("" + requests(token(exchange)).size()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String token(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery().replaceAll(".*token=([^&]*).*", "$1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = token(exchange);
        String instance = exchange.getRequestHeaders().getOrDefault(INSTANCE, List.of("somebody")).get(0);
        requests.add(new Request(token, instance, Instant.now()));
        String json = cutOff.contains(instance) ? null : flags.get(token);
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(json == null ? 503 : 200, json == null ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static String definitions(String flag) {
        return "{\"flags\":[{\"id\":1,\"key\":\"" + flag
                + "\",\"active\":true,\"filters\":{\"groups\":[{\"properties\":[]}]}}],"
                + "\"group_type_mapping\":{},\"cohorts\":{}}";
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
    }

    record Request(String token, String instance, Instant time) {
    }
}
