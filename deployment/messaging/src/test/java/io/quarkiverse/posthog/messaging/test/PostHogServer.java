package io.quarkiverse.posthog.messaging.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Receives batches, and responds with a status that the test determines. */
public final class PostHogServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static final List<JsonNode> EVENTS = new CopyOnWriteArrayList<>();
    public static volatile int status = 200;
    public static volatile int requests;
    /** The path and the header of the last request. */
    public static volatile String path;
    public static volatile String authorization;

    private static final String PORT = "posthog.test.port";
    private static HttpServer server;

    private PostHogServer() {
    }

    /** Chooses the port before the application starts. Test classes are loaded twice, and only the inner one has a server. */
    public static void choosePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            System.setProperty(PORT, "" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server, unless it is running, and forgets what it received. */
    public static void reset() {
        if (server == null) {
            try {
                server = HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.getInteger(PORT)), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", PostHogServer::respond);
            server.start();
        }
        EVENTS.clear();
        status = 200;
        requests = 0;
    }

    private static void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            int response = status;
            path = exchange.getRequestURI().getPath();
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests++;
            JsonNode batch = JSON.readTree(exchange.getRequestBody()).path("batch");
            if (response == 200) {
                batch.forEach(EVENTS::add);
            }
            byte[] body = "{\"status\":\"Ok\"}".getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(response, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
