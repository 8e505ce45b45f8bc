package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;

/** PostHog's own SDK for Java. The settings have the names of its builder methods. */
final class PostHogServerClient implements CaptureClient {

    private final PostHogInterface posthog;

    PostHogServerClient(URI sink, Map<String, String> settings) {
        PostHogConfig config = PostHogConfig.builder("phc_benchmark").host(sink.toString()).build();
        settings.forEach((name, value) -> set(config, name, Integer.parseInt(value)));
        posthog = PostHog.with(config);
    }

    private static void set(PostHogConfig config, String name, int value) {
        switch (name) {
            case "flushAt" -> config.setFlushAt(value);
            case "maxBatchSize" -> config.setMaxBatchSize(value);
            case "maxQueueSize" -> config.setMaxQueueSize(value);
            case "flushIntervalSeconds" -> config.setFlushIntervalSeconds(value);
            default -> throw new IllegalArgumentException(name);
        }
    }

    @Override
    public boolean capture(SampleEvent event) {
        posthog.capture(event.distinctId(), SampleEvent.NAME, PostHogCaptureOptions.builder()
                .property("plan", event.plan())
                .property("page", event.page())
                .property("items", event.items())
                .property("number", event.number())
                .property("first_order", event.firstOrder())
                .property("total", event.total())
                .build());
        return true;
    }

    @Override
    public void flush() {
        posthog.flush();
    }

    @Override
    public void close() {
        posthog.close();
    }
}
