package io.quarkiverse.posthog.test.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import io.quarkiverse.posthog.test.faults.RawHttpServer.Exchange;
import io.quarkiverse.posthog.test.faults.RawHttpServer.Request;
import io.quarkiverse.posthog.test.faults.RawHttpServer.Response;

/**
 * An unexpected response, and how delivery must handle it.
 *
 * @param name the row of the matrix
 * @param times the number of requests that get this response; the later ones get a valid response
 * @param early whether it is sent before the request is read
 * @param readable whether it is a complete HTTP response, which may be reported as an unknown error of a flag
 * @param v0 the effect on the events of a request in protocol v0
 * @param v1 the effect on the events of a request in protocol v1
 * @param response sends it
 */
record FaultyResponse(String name, int times, boolean early, boolean readable, Effect v0, Effect v1, Response response) {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    static final String HTML = "<!DOCTYPE html><html><body>busy</body></html>";

    private static final int ALWAYS = Integer.MAX_VALUE;

    /** The effect of a response on the events that the request carried. */
    enum Effect {
        /** It is not an acknowledgement: the events are sent again. */
        RETRIED,
        /** It contains a valid acknowledgement: the events are delivered, with or without being sent again. */
        DELIVERED,
        /** PostHog rejects the events for a documented, final reason. */
        REJECTED,
        /** The events stay in the queue for up to 30 seconds, because PostHog asks for it. */
        KEPT,
        /** The same request is sent to another path, and the events are delivered. */
        REDIRECTED
    }

    /** Something that does not contain an acknowledgement. */
    static FaultyResponse retried(String name, Response response) {
        return new FaultyResponse(name, 1, false, false, Effect.RETRIED, Effect.RETRIED, response);
    }

    /** Bytes that do not contain an acknowledgement, and the end of the connection. */
    static FaultyResponse retried(String name, String bytes) {
        return retried(name, exchange -> exchange.send(bytes).close());
    }

    /** Something that contains the complete body of the valid response. */
    static FaultyResponse delivered(String name, Response response) {
        return new FaultyResponse(name, 1, false, true, Effect.DELIVERED, Effect.DELIVERED, response);
    }

    /** The valid response with another status line. */
    static FaultyResponse statusLine(String line) {
        return retried("status line '" + line + "'",
                exchange -> exchange.respond(line + "\r\nContent-Type: application/json", exchange.body()));
    }

    /** The valid response with one more header. */
    static FaultyResponse header(String name, String line) {
        return delivered(name, exchange -> exchange.respond(OK + "\r\n" + line, exchange.body()));
    }

    /** The valid response with another content type. */
    static FaultyResponse contentType(String name, String value) {
        return delivered("Content-Type " + name,
                exchange -> exchange.respond("HTTP/1.1 200 OK\r\nContent-Type: " + value, exchange.body()));
    }

    /** A complete response with the status 200 that is not JSON. */
    static FaultyResponse notJson(String name, String body) {
        return readable(retried("200 with " + name, exchange -> exchange.respond(OK, latin(body))));
    }

    /** A complete response with the status 200 that is JSON, but not PostHog's. */
    static FaultyResponse otherJson(String name, String body) {
        return delivered("200 with " + name, exchange -> exchange.respond(OK, latin(body)));
    }

    /** An error page with a status that PostHog and proxies use for temporary failures. */
    static FaultyResponse temporary(String status) {
        return readable(retried(status, exchange -> exchange.respond("HTTP/1.1 " + status + "\r\nContent-Type: text/html",
                latin(HTML))));
    }

    /** An error page with a status that is final. */
    static FaultyResponse rejected(String status) {
        return new FaultyResponse(status, ALWAYS, false, true, Effect.REJECTED, Effect.REJECTED,
                exchange -> exchange.respond("HTTP/1.1 " + status + "\r\nContent-Type: text/html", latin(HTML)));
    }

    static FaultyResponse retryAfter(String name, String value) {
        return readable(retried("503 with Retry-After " + name, exchange -> exchange.respond(
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: " + value, latin("busy"))));
    }

    /** A redirect that must not be followed. */
    static FaultyResponse redirect(String name, String status, String location) {
        return readable(retried(status + " to " + name, exchange -> exchange.respond("HTTP/1.1 " + status + " Moved"
                + (location == null ? "" : "\r\nLocation: " + location), new byte[0])));
    }

    /**
     * A redirect that must be followed with the body.
     *
     * @param location a format for the value of the header, from the host and the path
     */
    static FaultyResponse moved(String name, int status, String location) {
        return new FaultyResponse(status + " to " + name, 1, false, true, Effect.REDIRECTED, Effect.REDIRECTED,
                exchange -> exchange.respond("HTTP/1.1 " + status + " Moved\r\nLocation: " + String.format(location,
                        exchange.request().headers().get("host"), moved(exchange.request())), new byte[0]));
    }

    /** Proxies remove the slash at the end of a path. */
    private static String moved(Request request) {
        String path = request.path();
        return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/moved")
                + request.target().substring(path.length());
    }

    FaultyResponse times(int times) {
        return new FaultyResponse(name, times, early, readable, v0, v1, response);
    }

    FaultyResponse v0(Effect effect) {
        return new FaultyResponse(name, times, early, readable, effect, v1, response);
    }

    FaultyResponse v1(Effect effect) {
        return new FaultyResponse(name, times, early, readable, v0, effect, response);
    }

    FaultyResponse kept() {
        return v0(Effect.KEPT).v1(Effect.KEPT);
    }

    FaultyResponse sentEarly() {
        return new FaultyResponse(name, times, true, readable, v0, v1, response);
    }

    static FaultyResponse readable(FaultyResponse row) {
        return new FaultyResponse(row.name, row.times, row.early, true, row.v0, row.v1, row.response);
    }

    /** Whether a batch may be split to find the event that PostHog rejects. */
    boolean isSplit() {
        return name.startsWith("400") || name.startsWith("413");
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String noise(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    /** Sends text again and again until the client closes the connection. */
    static void repeat(Exchange exchange, String text, long pause) throws IOException, InterruptedException {
        while (true) {
            exchange.send(text).pause(pause);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
