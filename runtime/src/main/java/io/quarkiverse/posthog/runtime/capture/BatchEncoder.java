package io.quarkiverse.posthog.runtime.capture;

import java.io.ByteArrayOutputStream;
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

/** Writes batches straight to the bytes of a request. */
final class BatchEncoder {

    private final Protocol protocol;
    private final JsonFactory json;
    private final Compressor compressor;
    private final long maxEventBytes;
    private final long maxBatchBytes;

    BatchEncoder(Protocol protocol, JsonFactory json, Compressor compressor, long maxEventBytes, long maxBatchBytes) {
        this.protocol = protocol;
        this.json = json.copy().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER.mappedFeature());
        this.compressor = compressor;
        this.maxEventBytes = maxEventBytes;
        this.maxBatchBytes = maxBatchBytes;
    }

    /** How the bodies are compressed; null when they are not. */
    String encoding() {
        return compressor.encoding();
    }

    EncodedBatch encode(Batch batch, Instant now) {
        Buffer out = new Buffer(estimate(batch.events()));
        List<QueuedEvent> fitting = new ArrayList<>(batch.events().size());
        List<TooLarge> tooLarge = new ArrayList<>(0);
        Set<UUID> uuids = new HashSet<>(batch.events().size() * 2);
        Batch started = batch.of(batch.events(), now);
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.setRootValueSeparator(null);
            EventJson writer = new EventJson(generator);
            out.writeBytes(protocol.head(started, now));
            int read = 0;
            for (; read < batch.events().size(); read++) {
                QueuedEvent event = batch.events().get(read);
                if (!uuids.add(event.uuid())) {
                    // PostHog v1 refuses a request that has a uuid twice
                    break;
                }
                int start = out.size();
                if (!fitting.isEmpty()) {
                    out.write(',');
                }
                int first = out.size();
                protocol.write(event.event(), generator, writer);
                generator.flush();
                int length = out.size() - first;
                if (length > maxEventBytes) {
                    tooLarge.add(new TooLarge(event, length));
                    out.truncate(start);
                } else if (out.size() + protocol.tail().length > maxBatchBytes && !fitting.isEmpty()) {
                    out.truncate(start);
                    break;
                } else {
                    fitting.add(event);
                }
            }
            out.writeBytes(protocol.tail());
            List<QueuedEvent> left = batch.events().subList(read, batch.events().size());
            Batch encoded = left.isEmpty() ? started.of(fitting, now) : cut(started, fitting, read, now);
            byte[] body = fitting.isEmpty() ? null : compressor.compress(out.array(), out.size());
            return new EncodedBatch(encoded, body, tooLarge, List.copyOf(left));
        } catch (IOException e) {
            throw new UncheckedIOException("Event that is valid can't be written as JSON", e);
        }
    }

    /** What did not fit is not done when this is. */
    private static Batch cut(Batch batch, List<QueuedEvent> fitting, int read, Instant now) {
        return new Batch(fitting, batch.attempt(), batch.requestId(), now,
                Batch.lastSequence(batch.events().subList(0, read)));
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
     * @param body null when no event was small enough
     * @param left events that did not fit into the request
     */
    record EncodedBatch(Batch batch, byte[] body, List<TooLarge> tooLarge, List<QueuedEvent> left) {
    }

    /** An event with more bytes than PostHog takes. */
    record TooLarge(QueuedEvent event, int bytes) {
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
