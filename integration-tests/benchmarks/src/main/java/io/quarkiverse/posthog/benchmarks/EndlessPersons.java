package io.quarkiverse.posthog.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** PostHog's list of persons, with any number of persons, which are generated on demand. */
final class EndlessPersons implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("(limit|offset)=(\\d+)");

    private final HttpServer server;
    private final int total;
    private final AtomicInteger requests = new AtomicInteger();

    EndlessPersons(int total) throws IOException {
        this.total = total;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    private void respond(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        int limit = 100;
        int offset = 0;
        Matcher matcher = NUMBER.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        while (matcher.find()) {
            int number = Integer.parseInt(matcher.group(2));
            limit = matcher.group(1).equals("limit") ? number : limit;
            offset = matcher.group(1).equals("offset") ? number : offset;
        }
        byte[] body = page(limit, offset).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }

    private String page(int limit, int offset) {
        StringBuilder json = new StringBuilder("{\"results\":[");
        int end = Math.min(total, offset + limit);
        for (int i = offset; i < end; i++) {
            json.append(i == offset ? "" : ",").append("""
                    {"type":"person","id":"0192bbbb-2222-7000-8000-%1$012x","uuid":"0192bbbb-2222-7000-8000-%1$012x",
                    "created_at":"2026-03-04T09:15:30.123000Z","last_seen_at":null,"is_identified":true,
                    "properties":{"email":"p%1$d@example.com","plan":"free","visits":%1$d},
                    "name":"p%1$d@example.com","distinct_ids":["user-%1$d","anonymous-%1$d"],
                    "matched_recordings":[],"value_at_data_point":null}""".formatted(i));
        }
        String next = end < total ? "\"" + url() + "/api/projects/1/persons/?limit=" + limit + "&offset=" + end + "\"" : "null";
        return json.append("],\"next\":").append(next).append(",\"previous\":null}").toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
