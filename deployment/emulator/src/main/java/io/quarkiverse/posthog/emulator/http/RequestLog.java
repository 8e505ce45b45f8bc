package io.quarkiverse.posthog.emulator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.vertx.ext.web.RoutingContext;

/** The latest requests, limited in number and in size. */
public final class RequestLog {

    private static final String KEY = RequestLog.class.getName();
    private static final int MAX_REQUESTS = 10_000;
    private static final int MAX_BODY_CHARS = 64 * 1024;

    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private long evicted;

    /** @param maxBytes the maximum memory of the requests */
    public RequestLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes note of a request and passes it on. */
    public void record(RoutingContext context) {
        var request = context.request();
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        headers.computeIfPresent("authorization", (name, value) -> masked(value));
        ReceivedBody body = ReceivedBody.of(context);
        String complete = body.text();
        String text = complete.length() > MAX_BODY_CHARS ? complete.substring(0, MAX_BODY_CHARS) : complete;
        ReceivedRequest recorded = new ReceivedRequest(request.method().name(), request.path(), request.query(), headers,
                text, body.wireSize());
        add(recorded);
        context.put(KEY, recorded);
        context.addHeadersEndHandler(v -> recorded.answered(context.response().getStatusCode()));
        context.next();
    }

    /** The note of the request that is being handled. */
    public static ReceivedRequest current(RoutingContext context) {
        return context.get(KEY);
    }

    private void add(ReceivedRequest request) {
        requests.addLast(request);
        bytes += request.size();
        while (requests.size() > MAX_REQUESTS || bytes > maxBytes) {
            bytes -= requests.removeFirst().size();
            evicted++;
        }
    }

    /** The length of the part of a credential that identifies it. */
    private static String masked(String value) {
        int space = value.indexOf(' ');
        String scheme = value.substring(0, space + 1);
        String secret = value.substring(space + 1);
        return scheme + secret.substring(0, Math.min(4, secret.length())) + "***";
    }

    /** Oldest first. */
    public Stream<ReceivedRequest> stream() {
        return requests.stream();
    }

    public int size() {
        return requests.size();
    }

    /** An estimate of the memory in use, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The number of requests that made room for others. */
    public long evicted() {
        return evicted;
    }

    public void clear() {
        requests.clear();
        bytes = 0;
        evicted = 0;
    }
}
