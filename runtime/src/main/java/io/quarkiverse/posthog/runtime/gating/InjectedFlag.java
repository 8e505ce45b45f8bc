package io.quarkiverse.posthog.runtime.gating;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.smallrye.mutiny.Uni;

/** A flag that is evaluated for the current user each time it is used. */
final class InjectedFlag implements Flag {

    private final String key;
    private final boolean defaultValue;
    private final Supplier<PostHog> postHog;
    private final BiConsumer<PostHog, String> unknownLocally;
    private final FlagContext currentUser;

    /**
     * Creates a flag.
     *
     * @param unknownLocally called with the account and the key if the flag could not be evaluated locally
     */
    InjectedFlag(PostHogFlag flag, Supplier<PostHog> postHog, BiConsumer<PostHog, String> unknownLocally) {
        this.key = flag.value();
        this.defaultValue = flag.defaultValue();
        this.postHog = postHog;
        this.unknownLocally = unknownLocally;
        this.currentUser = FlagContext.create().flagKeys(key);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Uni<Boolean> isEnabled() {
        return postHog.get().isFeatureEnabled(key, currentUser, defaultValue);
    }

    @Override
    public Uni<String> variant() {
        return postHog.get().getFeatureFlag(key, currentUser)
                .map(value -> value == null ? null : value.variant().orElse(null));
    }

    @Override
    public <T> Uni<T> payload(Class<T> type) {
        return postHog.get().getFeatureFlagPayload(key, currentUser, type);
    }

    @Override
    public Uni<FlagResult> evaluate() {
        return postHog.get().getFeatureFlagResult(key, currentUser);
    }

    @Override
    public boolean isEnabledLocally() {
        return locally().value(key).map(FlagValue::enabled).orElse(defaultValue);
    }

    @Override
    public Optional<FlagResult> evaluateLocally() {
        return locally().result(key);
    }

    private FlagSnapshot locally() {
        PostHog account = postHog.get();
        FlagSnapshot flags = account.evaluateFlagsLocally(currentUser);
        if (flags.keys().isEmpty()) {
            unknownLocally.accept(account, key);
        }
        return flags;
    }

    @Override
    public String toString() {
        return "Flag[" + key + "]";
    }
}
