package io.quarkiverse.posthog.benchmarks.capture;

/** A library that captures {@link SampleEvent}s. */
interface CaptureClient extends AutoCloseable {

    /** Captures an event, as a user of the library does; false when the library says that it has no room for it. */
    boolean capture(SampleEvent event);

    /** Asks the library to send what waits. */
    void flush();

    /** What an application does with the library before it stops. */
    @Override
    void close();
}
