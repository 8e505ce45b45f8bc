package io.quarkiverse.posthog.deployment.devservices.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** The body of a request, unpacked once. */
public final class RequestBody {

    /** As much as a batch may have, unpacked. */
    public static final int LIMIT = 20 * 1024 * 1024;

    private static final String KEY = RequestBody.class.getName();

    private final String text;
    private final int size;
    private final String problem;
    private final boolean tooLarge;

    private RequestBody(String text, int size, String problem, boolean tooLarge) {
        this.text = text;
        this.size = size;
        this.problem = problem;
        this.tooLarge = tooLarge;
    }

    public static RequestBody of(RoutingContext context) {
        RequestBody body = context.get(KEY);
        if (body == null) {
            body = read(context);
            context.put(KEY, body);
        }
        return body;
    }

    private static RequestBody read(RoutingContext context) {
        Buffer buffer = context.body() == null ? null : context.body().buffer();
        byte[] bytes = buffer == null ? new byte[0] : buffer.getBytes();
        String encoding = encoding(context);
        try (InputStream in = unpack(encoding, bytes)) {
            byte[] unpacked = in.readNBytes(LIMIT + 1);
            return unpacked.length > LIMIT ? new RequestBody("", unpacked.length, null, true)
                    : new RequestBody(new String(unpacked, StandardCharsets.UTF_8), unpacked.length, null, false);
        } catch (IOException e) {
            return new RequestBody("", 0, "failed to decode " + encoding + " body: " + e.getMessage(), false);
        }
    }

    /** The capture endpoints also take the encoding from the query, for clients that cannot set the header. */
    private static String encoding(RoutingContext context) {
        String header = context.request().getHeader("Content-Encoding");
        String encoding = header != null ? header : context.queryParams().get("compression");
        return encoding == null ? "identity" : encoding.trim().toLowerCase(java.util.Locale.ROOT);
    }

    private static InputStream unpack(String encoding, byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return switch (encoding) {
            case "gzip", "gzip-js" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            case "identity", "" -> in;
            default -> throw new IOException("unknown encoding");
        };
    }

    public String text() {
        return text;
    }

    /** In bytes, unpacked. */
    public int size() {
        return size;
    }

    /** Why it could not be unpacked. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    public boolean tooLarge() {
        return tooLarge;
    }

    /** The body if it is JSON. */
    public Optional<JsonNode> json() {
        return text.isBlank() ? Optional.empty() : Json.tryParse(text);
    }
}
