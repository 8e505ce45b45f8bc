package io.quarkiverse.posthog.openfeature;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import dev.openfeature.sdk.Awaitable;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.FlagNotFoundError;
import dev.openfeature.sdk.exceptions.GeneralError;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import dev.openfeature.sdk.exceptions.ProviderNotReadyError;
import dev.openfeature.sdk.exceptions.TargetingKeyMissingError;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.TypedFlags;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Evaluates the feature flags of a PostHog account for the OpenFeature API. The extension registers a provider for each
 * configured account, unless {@code quarkus.posthog.openfeature.enabled} is false. Create a provider for an account
 * that is opened from code.
 * <p>
 * The targeting key is the distinct ID; without it, flags are evaluated for the person of the current request, as determined by
 * {@link PostHogContext}. The attributes {@value #GROUPS}, {@value #GROUP_PROPERTIES} and {@value #DEVICE_ID}
 * have a special meaning, and all others are person properties.
 * <p>
 * The value as a boolean is whether the flag is on. The value as a string is the key of the variant, as a number the variant
 * or the payload, and as an object the payload. If a flag is off, these three have the default value of the caller. Flags
 * with typed values have the value of {@link TypedFlags}, without conversions.
 * <p>
 * OpenFeature's API is blocking. On threads that must not block, such as an event loop, flags are
 * only evaluated locally. On other threads, PostHog evaluates the flags that cannot be evaluated locally.
 */
public class PostHogProvider extends EventProvider {

    /** The name of the provider: {@value}. */
    public static final String NAME = "PostHog";

    /** The attribute with the groups of the person: a structure with the group key for each group type. */
    public static final String GROUPS = "groups";

    /** The attribute with the group properties: a structure with a structure of properties for each group type. */
    public static final String GROUP_PROPERTIES = "groupProperties";

    /** The attribute with the device ID, for flags that are rolled out by device. */
    public static final String DEVICE_ID = "deviceId";

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final PostHog postHog;
    private final Duration timeout;
    private final AtomicInteger registrations = new AtomicInteger();
    private final AtomicReference<ProviderEvent> state = new AtomicReference<>(ProviderEvent.PROVIDER_READY);

    /** Creates a provider with a timeout of three seconds. */
    public PostHogProvider(PostHog postHog) {
        this(postHog, Duration.ofSeconds(3));
    }

    /**
     * Creates a provider.
     *
     * @param timeout the maximum time to wait for PostHog on threads that can block
     */
    public PostHogProvider(PostHog postHog, Duration timeout) {
        this.postHog = postHog;
        this.timeout = timeout;
    }

    @Override
    public Metadata getMetadata() {
        return () -> NAME;
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(String key, Boolean defaultValue,
            EvaluationContext context) {
        return evaluate(key, defaultValue, context, TypedFlags::getBooleanDetails, FlagResult::enabled);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String defaultValue,
            EvaluationContext context) {
        return evaluate(key, defaultValue, context, TypedFlags::getStringDetails, ifOn(FlagValueConverter::text));
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(String key, Integer defaultValue,
            EvaluationContext context) {
        return evaluate(key, defaultValue, context, TypedFlags::getIntegerDetails, ifOn(FlagValueConverter::integer));
    }

    @Override
    public ProviderEvaluation<Long> getLongEvaluation(String key, Long defaultValue,
            EvaluationContext context) {
        return evaluate(key, defaultValue, context, TypedFlags::getLongDetails, ifOn(FlagValueConverter::longInteger));
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double defaultValue,
            EvaluationContext context) {
        return evaluate(key, defaultValue, context, TypedFlags::getDoubleDetails, ifOn(FlagValueConverter::decimal));
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value defaultValue,
            EvaluationContext context) {
        return evaluate(key, defaultValue, context, PostHogProvider::objectDetails, ifOn(FlagValueConverter::object));
    }

    /**
     * Captures an event with the person and the groups of the context. The details
     * are properties of the event, and their value is the property {@code value}.
     */
    @Override
    public void track(String eventName, EvaluationContext context, TrackingEventDetails details) {
        String person = context == null ? null : valid(() -> ContextMapper.targetingKey(context), null, "targeting key");
        CaptureEvent event = person == null ? CaptureEvent.of(eventName) : CaptureEvent.of(eventName, person);
        if (details != null) {
            event = event.properties(valid(() -> ValueMapper.toMap(details), Map.of(), "details"));
            event = details.getValue().map(value -> Map.of("value", value)).map(event::properties).orElse(event);
        }
        Map<String, String> groups = context == null ? Map.of()
                : valid(() -> ContextMapper.groups(context), Map.of(), "groups");
        for (Map.Entry<String, String> group : groups.entrySet()) {
            event = event.group(group.getKey(), group.getValue());
        }
        postHog.capture(event);
    }

    /** Returns a part of an event; omits it if it is invalid, because capturing never fails. */
    private <T> T valid(Supplier<T> part, T none, String name) {
        try {
            return part.get();
        } catch (InvalidContextError e) {
            LOG.warnf(
                    "PostHog account '%s': the %s of an OpenFeature event are invalid; the event is captured without them: %s",
                    postHog.account(), name, e.getMessage());
            return none;
        }
    }

    /** Called by OpenFeature each time it registers the provider. */
    @Override
    public void initialize(EvaluationContext context) {
        registrations.incrementAndGet();
        state.set(ProviderEvent.PROVIDER_READY);
    }

    /**
     * Called by OpenFeature when it has replaced the provider, or is shut down. From then on, the provider emits no events,
     * until it is registered again.
     */
    @Override
    public void shutdown() {
        // Does not call the superclass, which would disable events permanently, even if the provider is registered again.
        // OpenFeature calls this method on another thread, possibly after the next registration
        registrations.updateAndGet(registered -> Math.max(0, registered - 1));
    }

    @Override
    public Awaitable emit(ProviderEvent event, ProviderEventDetails details) {
        return registrations.get() > 0 ? super.emit(event, details) : Awaitable.FINISHED;
    }

    /** Notifies OpenFeature of changed flags of this account. To be called by an observer of the CDI event. */
    public void definitionsChanged(FlagDefinitionsChangedEvent changed) {
        if (changed.account().equals(postHog.account())) {
            emitProviderConfigurationChanged(ProviderEventDetails.builder()
                    .flagsChanged(changed.changedKeys().stream().sorted().toList()).build());
            refreshState();
        }
    }

    /**
     * Notifies OpenFeature if the status of the flag definitions has changed:
     * stale if they cannot be updated, error if none are loaded. Sends no request.
     */
    public void refreshState() {
        FlagDefinitionsStatus definitions = postHog.flagDefinitionsStatus();
        ProviderEvent now = state(definitions);
        if (registrations.get() > 0 && state.getAndSet(now) != now) {
            emit(now, ProviderEventDetails.builder()
                    .message(definitions.lastFailure().map(failure -> "PostHog account '" + postHog.account()
                            + "': flag definitions could not be loaded: " + failure).orElse(null))
                    .errorCode(now == ProviderEvent.PROVIDER_ERROR ? ErrorCode.PROVIDER_NOT_READY : null)
                    .build());
        }
    }

    private static ProviderEvent state(FlagDefinitionsStatus definitions) {
        if (!definitions.enabled() || definitions.lastFailure().isEmpty()) {
            return ProviderEvent.PROVIDER_READY;
        }
        return definitions.loaded() ? ProviderEvent.PROVIDER_STALE : ProviderEvent.PROVIDER_ERROR;
    }

    /** Reads a flag of a snapshot with its details. */
    private interface Reader<T> {

        FlagDetails<T> read(FlagSnapshot flags, String key, T defaultValue);
    }

    /** The value of a flag that is on; null, for the default value of the caller, if it is off. */
    private static <T> Function<FlagResult, T> ifOn(Function<FlagResult, T> value) {
        return flag -> flag.enabled() ? value.apply(flag) : null;
    }

    private static FlagDetails<Value> objectDetails(FlagSnapshot flags, String key, Value defaultValue) {
        FlagDetails<Map<String, Object>> details = flags.getObjectDetails(key, null);
        Value value = details.value() == null ? defaultValue : new Value(Structure.mapToStructure(details.value()));
        return new FlagDetails<>(key, value, details.variant(), details.reason(), details.errorCode(), details.errorMessage(),
                details.flagMetadata());
    }

    /**
     * Evaluates a flag.
     *
     * @param untyped returns the value of a flag without a typed value; null for the default value of the caller
     */
    private <T> ProviderEvaluation<T> evaluate(String key, T defaultValue, EvaluationContext context, Reader<T> reader,
            Function<FlagResult, T> untyped) {
        ImmutableMetadata metadata = ImmutableMetadata.EMPTY;
        try {
            FlagSnapshot flags = flags(key, ContextMapper.of(context).flagKeys(key));
            FlagDetails<T> details = reader.read(flags, key, defaultValue);
            if (details.errorCode().filter(FlagDetails.ErrorCode.FLAG_NOT_FOUND::equals).isPresent()) {
                throw missing(key, flags);
            }
            metadata = DetailsMapper.metadata(details, flags.distinctId().orElse(null));
            FlagResult flag = flags.results().get(key);
            return flag == null || DetailsMapper.isTyped(details) ? DetailsMapper.evaluation(details, metadata)
                    : DetailsMapper.evaluation(flag, untyped.apply(flag), defaultValue, metadata);
        } catch (OpenFeatureError e) {
            return ProviderEvaluation.<T> builder().value(defaultValue).reason(Reason.ERROR.name())
                    .errorCode(e.getErrorCode()).errorMessage(e.getMessage()).flagMetadata(metadata).build();
        }
    }

    private FlagSnapshot flags(String key, FlagContext context) {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            return postHog.evaluateFlagsLocally(context);
        }
        try {
            return postHog.evaluateFlags(context).await().atMost(timeout);
        } catch (TimeoutException e) {
            throw new GeneralError(
                    "PostHog did not evaluate flag '" + key + "' within " + timeout.toMillis() + " ms");
        }
    }

    /** Returns the error for a flag without a value. */
    private OpenFeatureError missing(String key, FlagSnapshot flags) {
        if (flags.distinctId().isEmpty()) {
            return new TargetingKeyMissingError(
                    "Flag '" + key + "' can't be evaluated without a distinct ID: set a targeting key in the evaluation "
                            + "context, or identify the user with PostHogContext");
        }
        if (!flags.errors().isEmpty()) {
            return new GeneralError("PostHog account '" + postHog.account() + "' could not evaluate flag '" + key
                    + "': " + flags.errors());
        }
        return Infrastructure.canCallerThreadBeBlocked()
                ? new FlagNotFoundError("PostHog account '" + postHog.account() + "' has no flag '" + key + "'")
                : missingLocally(key, postHog.flagDefinitionsStatus());
    }

    private static OpenFeatureError missingLocally(String key, FlagDefinitionsStatus definitions) {
        String where = "Flag '" + key + "' is evaluated on a thread that must not block, such as an event loop, ";
        if (!definitions.enabled()) {
            return new GeneralError(
                    where + "but local evaluation is disabled; set flags.local-evaluation, evaluate the flag "
                            + "on a thread that can block, or use PostHog.evaluateFlags");
        }
        if (!definitions.loaded()) {
            return new ProviderNotReadyError(where + "but flag definitions are not loaded yet"
                    + definitions.lastFailure().map(failure -> ": " + failure).orElse(""));
        }
        return new GeneralError(where + "and it is unknown or can't be evaluated locally; evaluate it on a thread that "
                + "can block, or use PostHog.evaluateFlags");
    }
}
