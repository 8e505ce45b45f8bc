package io.quarkiverse.posthog.benchmarks.flags;

import java.net.URI;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagContext;

/** Flag evaluation with this extension and loaded definitions. */
final class QuarkusPostHogFlags implements FlagClient {

    private static final FlagContext CONTEXT = FlagContext.create().personProperties(Person.PROPERTIES).onlyEvaluateLocally()
            .sendFeatureFlagEvents(false);

    private final PostHog posthog;

    QuarkusPostHogFlags(PostHogAccounts accounts, URI server) {
        posthog = accounts.open("benchmark", AccountSettings.create().host(server).projectApiKey("phc_benchmark")
                .personalApiKey("phx_benchmark").set("flags.local-evaluation", "true")
                .set("flags.definitions.poll-interval", "1H"));
        if (!posthog.reloadFlagDefinitions().await().indefinitely().loaded()) {
            throw new IllegalStateException("No definitions: " + posthog.flagDefinitionsStatus());
        }
    }

    @Override
    public Object value(String key, String person) {
        return posthog.evaluateFlagsLocally(CONTEXT.distinctId(person).flagKey(key)).value(key).orElseThrow();
    }

    @Override
    public int all(String person) {
        return posthog.evaluateFlagsLocally(CONTEXT.distinctId(person)).keys().size();
    }
}
