package io.quarkiverse.posthog.runtime.capture;

import java.util.Map;

import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;

/** What a hook or listener does asynchronously, with Mutiny or a managed executor, is still done in it. */
public class NestingPropagation implements ThreadContextProvider {

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return snapshot(Nesting.current());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return snapshot(Nesting.NONE);
    }

    private static ThreadContextSnapshot snapshot(Nesting nesting) {
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
