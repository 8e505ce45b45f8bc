package io.quarkiverse.posthog.runtime.capture.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventJsonWriter;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/** Writes batches straight to the bytes of a request. */
public final class BatchEncoder {

    private final Protocol protocol;
    private final JsonFactory json;
    private final Compressor compressor;
    private final long maxEventBytes;
    private final long maxBatchBytes;

    public BatchEncoder(Protocol protocol, JsonFactory json, Compressor compressor, long maxEventBytes, long maxBatchBytes) {
        this.protocol = protocol;
        this.json = json.copy().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER.mappedFeature());
        this.compressor = compressor;
        this.maxEventBytes = maxEventBytes;
        this.maxBatchBytes = maxBatchBytes;
    }

    /** How the bodies are compressed; null when they are not. */
    public String encoding() {
        return compressor.encoding();
    }

    /**
     * Encodes the events of a batch that fit into a request. An event that can't be encoded is excluded and does not affect
     * the others. Any other failure, such as lack of memory or of the native library of a compressor, is thrown.
     */
    public EncodedBatch encode(Batch batch, Instant now) {
        Buffer out = new Buffer(estimate(batch.events()));
        List<QueuedEvent> fitting = new ArrayList<>(batch.events().size());
        List<Excluded> excluded = new ArrayList<>(0);
        Set<UUID> uuids = new HashSet<>(batch.events().size() * 2);
        Batch started = batch.of(batch.events(), now);
        out.writeBytes(protocol.head(started, now));
        int read = 0;
        try (EventWriter writer = new EventWriter(out)) {
            for (; read < batch.events().size(); read++) {
                QueuedEvent event = batch.events().get(read);
                if (!uuids.add(event.uuid())) {
                    // PostHog v1 rejects a request with a duplicate UUID
                    break;
                }
                int start = out.size();
                if (!fitting.isEmpty()) {
                    out.write(',');
                }
                int first = out.size();
                Throwable failure = writer.write(event.event());
                int length = out.size() - first;
                if (failure != null) {
                    excluded.add(Excluded.unwritable(event, failure));
                    out.truncate(start);
                } else if (length > maxEventBytes) {
                    excluded.add(Excluded.tooLarge(event, length));
                    out.truncate(start);
                } else if (out.size() + protocol.tail().length > maxBatchBytes && !fitting.isEmpty()) {
                    out.truncate(start);
                    break;
                } else {
                    fitting.add(event);
                }
            }
        }
        out.writeBytes(protocol.tail());
        List<QueuedEvent> left = batch.events().subList(read, batch.events().size());
        // The remaining events are not completed with this batch
        Batch encoded = left.isEmpty() ? started.of(fitting, now)
                : started.cut(fitting, now, Batch.lastSequence(batch.events().subList(0, read)));
        byte[] body = fitting.isEmpty() ? null : compressor.compress(out.array(), out.size());
        return new EncodedBatch(encoded, body, excluded, List.copyOf(left));
    }

    private static int estimate(List<QueuedEvent> events) {
        long estimate = 512;
        for (QueuedEvent event : events) {
            estimate += event.size();
        }
        return (int) Math.min(estimate, 1 << 20);
    }

    /**
     * A batch that can be sent.
     *
     * @param batch the events that are in the body
     * @param body null if no event can be sent
     * @param excluded events that can never be sent
     * @param left events that did not fit into the request
     */
    public record EncodedBatch(Batch batch, byte[] body, List<Excluded> excluded, List<QueuedEvent> left) {
    }

    /**
     * An event that can never be sent.
     *
     * @param failure the defect; null if the event is too large
     */
    public record Excluded(QueuedEvent event, DropReason reason, String detail, Throwable failure) {

        private static Excluded tooLarge(QueuedEvent event, int bytes) {
            return new Excluded(event, DropReason.TOO_LARGE, "event '" + event.event().event() + "' has " + bytes
                    + " bytes as JSON, which is more than PostHog takes", null);
        }

        private static Excluded unwritable(QueuedEvent event, Throwable failure) {
            return new Excluded(event, DropReason.ENCODING_FAILED,
                    "event '" + event.event().event() + "' can't be encoded: " + failure,
                    failure);
        }
    }

    /** Appends one event after the other, with a JSON generator that is replaced after an event that can't be written. */
    private final class EventWriter implements Closeable {

        private final Buffer out;
        private JsonGenerator generator;
        private EventJsonWriter events;

        EventWriter(Buffer out) {
            this.out = out;
            open();
        }

        private void open() {
            try {
                generator = json.createGenerator(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            generator.setRootValueSeparator(null);
            events = new EventJsonWriter(generator);
        }

        /** @return the defect of an event of which a part may have been written; null if all of it was */
        Throwable write(CaptureEvent event) {
            try {
                protocol.write(event, generator, events);
                generator.flush();
                return null;
            } catch (IOException | RuntimeException | StackOverflowError e) {
                // The generator is somewhere inside the event; closing it writes what it has kept, which is cut off again
                close();
                open();
                return e;
            }
        }

        @Override
        public void close() {
            try {
                generator.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Bytes, the last of which can be taken back. */
    private static final class Buffer extends ByteArrayOutputStream {

        Buffer(int size) {
            super(size);
        }

        /** Not a copy. */
        byte[] array() {
            return buf;
        }

        void truncate(int size) {
            count = size;
        }
    }
}
