package io.quarkiverse.posthog.test.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A PostHog on a plain socket. It sends any bytes in response to a number of requests, and valid responses to all others.
 */
public final class RawHttpServer implements AutoCloseable {

    public static final ObjectMapper JSON = new ObjectMapper();

    /** Sends the response to a request, or anything else. */
    @FunctionalInterface
    public interface Response {
        void send(Exchange exchange) throws IOException, InterruptedException;
    }

    /**
     * A request that the server received.
     *
     * @param target the path with the query
     * @param headers the values by lower-case name
     * @param body the body after decompression
     */
    public record Request(String method, String target, Map<String, String> headers, byte[] body) {

        /** The head and the body as text. */
        public String text() {
            return method + " " + target + "\n" + headers + "\n" + new String(body, StandardCharsets.UTF_8);
        }

        public String path() {
            return target.replaceAll("\\?.*", "");
        }

        boolean carriesEvents() {
            return path().contains("/batch") || path().contains("/i/v1/analytics/events");
        }

        public List<UUID> uuids() {
            List<UUID> uuids = new ArrayList<>();
            if (carriesEvents()) {
                json().path("batch").forEach(event -> uuids.add(UUID.fromString(event.path("uuid").asText())));
            }
            return uuids;
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Request read(InputStream in) throws IOException {
            String line = line(in);
            if (line == null) {
                return null;
            }
            String[] start = line.split(" ");
            Map<String, String> headers = new TreeMap<>();
            for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
            }
            byte[] body = "chunked".equals(headers.get("transfer-encoding")) ? chunks(in)
                    : exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
            boolean gzip = "gzip".equals(headers.get("content-encoding"));
            return new Request(start[0], start[1], headers,
                    gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body);
        }

        private static byte[] chunks(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.write(exactly(in, size));
                line(in);
            }
            line(in);
            return body.toByteArray();
        }

        private static byte[] exactly(InputStream in, int size) throws IOException {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length < size) {
                throw new EOFException();
            }
            return bytes;
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return null;
                }
                line.append((char) next);
            }
            return line.toString().stripTrailing();
        }
    }

    /** One connection while a response is sent. */
    public final class Exchange {

        private final Socket socket;
        private final Request request;
        private boolean over;

        private Exchange(Socket socket, Request request) {
            this.socket = socket;
            this.request = request;
        }

        /** The request; null if the response is sent before the request is read. */
        public Request request() {
            return request;
        }

        /** The body of the valid response. */
        public byte[] body() {
            return request == null ? "{\"status\":1}".getBytes(StandardCharsets.UTF_8) : validBody(request);
        }

        /** Sends text, one byte for each character. */
        public Exchange send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Exchange send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        }

        /** Sends a response with a head of these lines, a {@code Content-Length} and a body. */
        public Exchange respond(String head, byte[] body) throws IOException {
            return send(head + "\r\nContent-Length: " + body.length + "\r\n\r\n").send(body);
        }

        public Exchange pause(long millis) throws InterruptedException {
            Thread.sleep(millis);
            return this;
        }

        public void close() throws IOException {
            over = true;
            socket.close();
        }

        /** Closes the connection with a TCP reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            close();
        }

        /** Leaves the connection open and does nothing until the client closes it. */
        public void hang() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                // What else the client sends is ignored
            }
            close();
        }
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-http-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger remaining = new AtomicInteger();
    private volatile Response response;
    private volatile boolean early;

    public RawHttpServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** Sends this in response to the next requests. Requests so far are forgotten. */
    public void failing(int times, Response response) {
        failing(times, response, false);
    }

    /** Sends this on the next connections before a request is read. Requests so far are forgotten. */
    public void failingEarly(int times, Response response) {
        failing(times, response, true);
    }

    private void failing(int times, Response response, boolean early) {
        remaining.set(0);
        requests.clear();
        acknowledged.clear();
        this.response = response;
        this.early = early;
        remaining.set(times);
        if (early) {
            // Such a response is sent on new connections only
            connections.forEach(RawHttpServer::closeQuietly);
        }
    }

    /** The requests that were read completely, the first one first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The events of all requests. */
    Set<UUID> received() {
        Set<UUID> received = new HashSet<>();
        requests.forEach(request -> received.addAll(request.uuids()));
        return received;
    }

    /** The events of those requests that were sent a valid response. */
    public Set<UUID> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // Closed
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            if (early && isFailing()) {
                Exchange exchange = new Exchange(socket, null);
                response.send(exchange);
                if (exchange.over) {
                    return;
                }
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = Request.read(in); request != null; request = Request.read(in)) {
                requests.add(request);
                Exchange exchange = new Exchange(socket, request);
                if (!early && isFailing()) {
                    response.send(exchange);
                } else {
                    acknowledged.addAll(request.uuids());
                    exchange.respond("HTTP/1.1 200 OK\r\nContent-Type: application/json", validBody(request));
                }
                if (exchange.over) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private boolean isFailing() {
        return remaining.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private static byte[] validBody(Request request) {
        return validText(request).getBytes(StandardCharsets.UTF_8);
    }

    private static String validText(Request request) {
        String path = request.path();
        if (path.contains("/i/v1/analytics/events")) {
            return "{\"results\":{" + String.join(",", request.uuids().stream()
                    .map(uuid -> "\"" + uuid + "\":{\"result\":\"ok\"}").toList()) + "}}";
        }
        if (path.contains("/batch")) {
            return "{\"status\":1}";
        }
        if (path.contains("/flags/definitions")) {
            return """
                    {"flags":[{"id":1,"key":"beta","active":true,"filters":{"groups":[{"properties":[]}]}}],
                    "group_type_mapping":{},"cohorts":{}}""";
        }
        if (path.contains("/flags")) {
            return """
                    {"flags":{"beta":{"key":"beta","enabled":true,"variant":null,
                    "reason":{"code":"condition_match","condition_index":0,"description":"Matched"},
                    "metadata":{"id":1,"version":1,"description":null,"payload":null}}},
                    "errorsWhileComputingFlags":false,"requestId":"3f0c1c9e-7a53-4b5e-9b4e-1c0c0a6a3a10"}""";
        }
        if (path.contains("/cohorts/55")) {
            return "{\"id\":55,\"name\":\"Customers\"}";
        }
        if (path.contains("/persons")) {
            return """
                    {"results":[{"id":"0192bbbb-2222-7000-8000-000000000001","uuid":"0192bbbb-2222-7000-8000-000000000001",
                    "name":"zoe","distinct_ids":["zoe"],"properties":{}},
                    {"id":"0192bbbb-2222-7000-8000-000000000002","uuid":"0192bbbb-2222-7000-8000-000000000002",
                    "name":"max","distinct_ids":["max"],"properties":{}}],"next":null,"previous":null}""";
        }
        return "{}";
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(RawHttpServer::closeQuietly);
        threads.shutdownNow();
    }
}
