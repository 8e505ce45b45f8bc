package io.quarkiverse.posthog.benchmarks.flags;

import java.net.URI;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogFeatureFlagOptions;
import com.posthog.server.PostHogInterface;

/** Flag evaluation with PostHog's own SDK for Java and loaded definitions. It has no function for all flags. */
final class PostHogServerFlags implements FlagClient {

    private final PostHogInterface posthog;
    private final int flags;

    PostHogServerFlags(URI server, int flags) throws InterruptedException {
        this.flags = flags;
        posthog = PostHog.with(PostHogConfig.builder("phc_benchmark").host(server.toString()).personalApiKey("phx_benchmark")
                .localEvaluation(true).sendFeatureFlagEvent(false).pollIntervalSeconds(3600).build());
        String last = SampleFlags.key(flags - 1);
        while (value(last, Person.id(0)) == null) {
            Thread.sleep(50);
        }
    }

    @Override
    public Object value(String key, String person) {
        return posthog.getFeatureFlag(person, key, PostHogFeatureFlagOptions.builder().personProperties(Person.PROPERTIES)
                .build());
    }

    @Override
    public int all(String person) {
        int values = 0;
        for (int i = 0; i < flags; i++) {
            values += value(SampleFlags.key(i), person) == null ? 0 : 1;
        }
        return values;
    }
}
