package io.quarkiverse.posthog.emulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** The body of a request, unpacked once. */
public final class ReceivedBody {

    /** As much as a batch may have, unpacked. */
    public static final int LIMIT = 20 * 1024 * 1024;

    private static final String KEY = ReceivedBody.class.getName();

    private final int wireSize;
    private final byte[] content;
    private final Problem problem;

    private ReceivedBody(int wireSize, byte[] content, Problem problem) {
        this.wireSize = wireSize;
        this.content = content;
        this.problem = problem;
    }

    /**
     * The reason why a body has no text.
     *
     * @param status the HTTP status: 400, 413 or 415
     */
    public record Problem(int status, String message) {
    }

    public static ReceivedBody of(RoutingContext context) {
        ReceivedBody body = context.get(KEY);
        if (body == null) {
            body = read(context);
            context.put(KEY, body);
        }
        return body;
    }

    private static ReceivedBody read(RoutingContext context) {
        Buffer buffer = context.body() == null ? null : context.body().buffer();
        byte[] bytes = buffer == null ? new byte[0] : buffer.getBytes();
        String encoding = encoding(context);
        try (InputStream in = BodyDecoder.open(encoding, bytes)) {
            // One byte more than the limit is sufficient, regardless of the total size
            byte[] unpacked = in.readNBytes(LIMIT + 1);
            return unpacked.length > LIMIT
                    ? unreadable(bytes, 413, "the body is larger than " + LIMIT + " bytes")
                    : new ReceivedBody(bytes.length, unpacked, null);
        } catch (UnsupportedEncodingException e) {
            return unreadable(bytes, 415, e.getMessage());
        } catch (IOException e) {
            return unreadable(bytes, 400, "failed to decode " + encoding + " body: " + e.getMessage());
        }
    }

    private static ReceivedBody unreadable(byte[] bytes, int status, String message) {
        return new ReceivedBody(bytes.length, new byte[0], new Problem(status, message));
    }

    /** The capture endpoints also take the encoding from the query, for clients that cannot set the header. */
    private static String encoding(RoutingContext context) {
        String header = context.request().getHeader("Content-Encoding");
        String encoding = header != null ? header : context.queryParams().get("compression");
        return encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
    }

    /** In bytes, as it came. */
    public int wireSize() {
        return wireSize;
    }

    /** With a replacement character for each byte that is not UTF-8. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** As the services for events and flags read it. */
    public String utf8() throws CharacterCodingException {
        return ServiceJson.decode(content);
    }

    /** In bytes, unpacked. */
    public int size() {
        return content.length;
    }

    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** The body if it is JSON. */
    public Optional<JsonNode> json() {
        String text = text();
        return text.isBlank() ? Optional.empty() : EmulatorJson.tryParse(text);
    }
}
