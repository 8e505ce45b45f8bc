package io.quarkiverse.posthog.benchmarks.sink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The acknowledged requests. They are parsed only when a count is requested, which is after the measurement. */
final class Recording {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Queue<Request> unread = new ArrayDeque<>();
    private final BitSet numbers = new BitSet();
    private final Set<UUID> uuids = new HashSet<>();
    private long requests;
    private long bytes;
    private long last;
    private long events;

    void add(Request request) {
        unread.add(request);
        requests++;
        bytes += request.body().length;
        last = System.currentTimeMillis();
    }

    void clear() {
        unread.clear();
        numbers.clear();
        uuids.clear();
        requests = 0;
        bytes = 0;
        last = 0;
        events = 0;
    }

    SinkTraffic traffic() {
        return new SinkTraffic(requests, bytes, last);
    }

    /** @param below events with this number or a higher one are not counted */
    SinkCount count(int below) throws IOException {
        for (Request request = unread.poll(); request != null; request = unread.poll()) {
            for (JsonNode event : mapper.readTree(content(request)).path("batch")) {
                events++;
                uuids.add(UUID.fromString(event.path("uuid").textValue()));
                numbers.set(event.path("properties").path("number").intValue());
            }
        }
        return new SinkCount(events, uuids.size(), numbers.get(0, below).cardinality());
    }

    private static InputStream content(Request request) throws IOException {
        InputStream body = new ByteArrayInputStream(request.body());
        return switch (request.encoding()) {
            case "" -> body;
            case "gzip" -> new GZIPInputStream(body);
            default -> throw new IOException("Content-Encoding " + request.encoding());
        };
    }
}
