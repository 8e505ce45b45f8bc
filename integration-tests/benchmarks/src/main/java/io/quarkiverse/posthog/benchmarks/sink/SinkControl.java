package io.quarkiverse.posthog.benchmarks.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The commands of a {@link Sink}. */
public final class SinkControl {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI sink;

    public SinkControl(URI sink) {
        this.sink = sink;
    }

    public URI url() {
        return sink;
    }

    /** Responds with a status for some time. */
    public void fail(int status, int retryAfterSeconds, int millis) throws IOException {
        call("fault?status=" + status + "&retryAfter=" + retryAfterSeconds + "&millis=" + millis, Object.class);
    }

    /** Closes all connections and refuses new ones for some time. */
    public void refuse(int millis) throws IOException {
        call("refuse?millis=" + millis, Object.class);
    }

    /** Ends all failures. */
    public void recover() throws IOException {
        fail(200, 0, 0);
    }

    /** Removes the received requests. */
    public void reset() throws IOException {
        call("reset", Object.class);
    }

    public SinkTraffic traffic() throws IOException {
        return call("traffic", SinkTraffic.class);
    }

    /** Counts the events, which can take several seconds. */
    public SinkCount count(int below) throws IOException {
        return call("count?below=" + below, SinkCount.class);
    }

    private <T> T call(String command, Class<T> type) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) sink.resolve("/control/" + command).toURL().openConnection();
        try (InputStream body = connection.getInputStream()) {
            return MAPPER.readValue(body, type);
        }
    }
}
