package io.quarkiverse.posthog.benchmarks.sink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads the requests of one connection. Supports only the parts of HTTP/1.1 that the two clients use. */
final class RequestReader {

    private static final int INITIAL_SIZE = 64 << 10;

    private byte[] input = new byte[INITIAL_SIZE];
    private int length;

    void append(ByteBuffer bytes) {
        int more = bytes.remaining();
        if (length + more > input.length) {
            input = Arrays.copyOf(input, Math.max(input.length * 2, length + more));
        }
        bytes.get(input, length, more);
        length += more;
    }

    /** Returns the next request, or null if it has not arrived completely. */
    Request next() {
        int bodyStart = lineEnd(0, "\r\n\r\n");
        if (bodyStart < 0) {
            return null;
        }
        String[] head = new String(input, 0, bodyStart, StandardCharsets.ISO_8859_1).split("\r\n");
        String target = head[0].split(" ")[1];
        String encoding = header(head, "content-encoding");
        if (header(head, "transfer-encoding").equals("chunked")) {
            return chunked(target, encoding, bodyStart);
        }
        String size = header(head, "content-length");
        int end = bodyStart + (size.isEmpty() ? 0 : Integer.parseInt(size));
        return end > length ? null : take(new Request(target, encoding, Arrays.copyOfRange(input, bodyStart, end)), end);
    }

    private Request chunked(String target, String encoding, int bodyStart) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = bodyStart;
        while (true) {
            int start = lineEnd(at, "\r\n");
            if (start < 0) {
                return null;
            }
            int size = Integer.parseInt(new String(input, at, start - 2 - at, StandardCharsets.ISO_8859_1).trim(), 16);
            at = start + size + 2;
            if (at > length) {
                return null;
            }
            if (size == 0) {
                return take(new Request(target, encoding, body.toByteArray()), at);
            }
            body.write(input, start, size);
        }
    }

    private Request take(Request request, int end) {
        System.arraycopy(input, end, input, 0, length - end);
        length -= end;
        return request;
    }

    private int lineEnd(int from, String delimiter) {
        for (int i = from; i + delimiter.length() <= length; i++) {
            int matched = 0;
            while (matched < delimiter.length() && input[i + matched] == delimiter.charAt(matched)) {
                matched++;
            }
            if (matched == delimiter.length()) {
                return i + matched;
            }
        }
        return -1;
    }

    private static String header(String[] head, String name) {
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            if (colon == name.length() && head[i].regionMatches(true, 0, name, 0, colon)) {
                return head[i].substring(colon + 1).trim().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }
}
