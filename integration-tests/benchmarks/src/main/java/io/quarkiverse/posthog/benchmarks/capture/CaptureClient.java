package io.quarkiverse.posthog.benchmarks.capture;

/** A library that captures {@link SampleEvent}s. */
interface CaptureClient extends AutoCloseable {

    /** Captures an event. Returns false if the library reports that its queue is full. */
    boolean capture(SampleEvent event);

    /** Sends the queued events. */
    void flush();

    /** Closes the library, as an application does before it stops. */
    @Override
    void close();
}
