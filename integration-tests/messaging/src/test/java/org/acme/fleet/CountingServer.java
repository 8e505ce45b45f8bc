package org.acme.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Counts requests and events, in a process of its own, whose CPU time does not count as that of the application. */
final class CountingServer {

    private static final String UUID = "\"uuid\":";
    private static final String COUNTS = "/counts";

    private static final AtomicLong REQUESTS = new AtomicLong();
    private static final AtomicLong EVENTS = new AtomicLong();

    private CountingServer() {
    }

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", CountingServer::receive);
        server.createContext(COUNTS, exchange -> respond(exchange, REQUESTS + " " + EVENTS));
        server.start();
        Files.writeString(Path.of(args[0]), "http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void receive(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(body);
        }
        String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        REQUESTS.incrementAndGet();
        for (int at = json.indexOf(UUID); at >= 0; at = json.indexOf(UUID, at + 1)) {
            EVENTS.incrementAndGet();
        }
        respond(exchange, "{\"status\":1}");
    }

    private static void respond(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
