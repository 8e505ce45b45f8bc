package io.quarkiverse.posthog.runtime.capture.event;

import java.util.Map;

import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;

/** Propagates the calls of hooks and listeners to the threads on which Mutiny and managed executors continue. */
public class NestingPropagation implements ThreadContextProvider {

    /** Shared, because nearly all stages of a pipeline are created outside of hooks. */
    private static final ThreadContextSnapshot NONE = of(Nesting.NONE);

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        Nesting current = Nesting.current();
        return current.equals(Nesting.NONE) ? NONE : of(current);
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return NONE;
    }

    private static ThreadContextSnapshot of(Nesting nesting) {
        return () -> {
            Nesting before = Nesting.current();
            Nesting.set(nesting);
            return () -> Nesting.set(before);
        };
    }

    @Override
    public String getThreadContextType() {
        return "PostHog capture nesting";
    }
}
