package io.quarkiverse.posthog.runtime.flags;

import java.io.Closeable;
import java.time.InstantSource;

import io.quarkiverse.posthog.flags.FeatureFlagEvaluator;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagOverrides;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.config.FlagsConfig;
import io.quarkiverse.posthog.runtime.context.PropertyOverrides;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.smallrye.mutiny.Uni;

/** The feature flags of an account. */
public final class FlagEvaluations implements FeatureFlagEvaluator, Closeable {

    private final ApiExecutor calls;
    private final FlagDefinitionsSource definitions;
    private final RemoteEvaluator remote;
    private final FlagEvaluator evaluator;
    private final RemoteConfigClient remoteConfig;
    private final FeatureFlagCalledReporter flagCalls;
    private final RequestFlagOverrides overrides;
    private final RequestDataProvider request;

    public FlagEvaluations(ApiExecutor calls, CapturePipeline capture, FlagDefinitionsSource definitions,
            RequestFlagOverrides overrides, RequestDataProvider request, InstantSource time) {
        FlagsConfig config = calls.account().config().flags();
        this.calls = calls;
        this.definitions = definitions;
        this.remote = new RemoteEvaluator(calls);
        this.remoteConfig = new RemoteConfigClient(calls);
        this.flagCalls = new FeatureFlagCalledReporter(calls.account().name(), capture, calls::mapper,
                config.enabled() && calls.account().projectApiKey().isPresent() && config.sendFeatureFlagEvents(),
                config.featureFlagCalledCacheSize());
        this.evaluator = new FlagEvaluator(calls, definitions, remote, flagCalls, time);
        this.overrides = overrides;
        this.request = request;
        definitions.start(remote::clearCache);
    }

    @Override
    public Uni<FlagSnapshot> evaluateFlags(FlagContext context) {
        if (calls.isClosed()) {
            return Uni.createFrom().item(() -> closed(context));
        }
        try {
            return evaluator.evaluate(inRequest(context));
        } catch (RuntimeException e) {
            return Uni.createFrom().item(() -> evaluator.failed(withoutRequest(context), e));
        }
    }

    @Override
    public FlagSnapshot evaluateFlagsLocally(FlagContext context) {
        if (calls.isClosed()) {
            return closed(context);
        }
        try {
            return evaluator.evaluateLocally(inRequest(context));
        } catch (RuntimeException e) {
            return evaluator.failed(withoutRequest(context), e);
        }
    }

    /** Exposures are not captured, because the account captures no events any more. */
    private FlagSnapshot closed(FlagContext context) {
        return evaluator.closed(withoutRequest(notNull(context).sendFeatureFlagEvents(false)));
    }

    private EvaluationRequest inRequest(FlagContext context) {
        FlagContext given = notNull(context);
        if (EvaluationRequest.hasBlankKey(given)) {
            flagCalls.blankKey();
            given = given.flagKeys(given.flagKeys().stream().filter(key -> !key.isBlank()).toList());
        }
        return EvaluationRequest.of(given, request.data(), overrides.current());
    }

    /** Uses the context of the caller only, and runs no code that can fail. */
    private static EvaluationRequest withoutRequest(FlagContext context) {
        return EvaluationRequest.of(notNull(context), RequestData.NONE, PropertyOverrides.NONE);
    }

    private static FlagContext notNull(FlagContext context) {
        return context == null ? FlagContext.create() : context;
    }

    @Override
    public <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type) {
        return remoteConfig.payload(key, type);
    }

    @Override
    public FlagOverrides flagOverrides() {
        return overrides;
    }

    /** The source of the definitions for local evaluation. */
    public FlagDefinitionsSource definitions() {
        return definitions;
    }

    @Override
    public FlagDefinitionsStatus flagDefinitionsStatus() {
        return definitions.status();
    }

    @Override
    public Uni<FlagDefinitionsStatus> reloadFlagDefinitions() {
        return Uni.createFrom().deferred(() -> {
            remote.clearCache();
            return CallerContext.keep(definitions.reload());
        });
    }

    /** Lets exposures be captured again. */
    public void forgetExposures() {
        flagCalls.clear();
    }

    @Override
    public void close() {
        definitions.close();
        remote.close();
        flagCalls.clear();
    }
}
