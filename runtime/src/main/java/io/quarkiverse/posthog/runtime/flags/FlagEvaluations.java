package io.quarkiverse.posthog.runtime.flags;

import java.io.Closeable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagContext.Source;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagEvaluation;
import io.quarkiverse.posthog.flags.FlagOverrides;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.config.FlagsConfig;
import io.quarkiverse.posthog.runtime.context.PropertyOverrides;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.CallerContext;
import io.quarkiverse.posthog.runtime.rest.Deadline;
import io.smallrye.mutiny.Uni;

/** Evaluates the flags of an account: here as far as that is possible, then by PostHog. */
public final class FlagEvaluations implements FlagEvaluation, Closeable {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final String account;
    private final String token;
    private final boolean enabled;
    private final FlagDefinitionsSource definitions;
    private final RemoteEvaluator remote;
    private final RemoteConfigClient remoteConfig;
    private final FeatureFlagCalledReporter flagCalls;
    private final RequestFlagOverrides overrides;
    private final RequestDataProvider request;
    private final PayloadReader payloads;
    private final SnapshotWarnings warnings;
    private final FlagEvaluationMetrics meter;
    private final InstantSource time;
    private final UnknownFlagCache knownMissing = new UnknownFlagCache();
    /** The defects that were logged, which each evaluation may have. */
    private final Set<Class<?>> defects = ConcurrentHashMap.newKeySet();

    public FlagEvaluations(ApiExecutor calls, ObjectMapper mapper, CapturePipeline capture,
            FlagDefinitionsSource definitions,
            RequestFlagOverrides overrides, RequestDataProvider request, InstantSource time) {
        FlagsConfig config = calls.account().config().flags();
        this.account = calls.account().name();
        this.token = calls.account().projectApiKey().orElse(null);
        this.enabled = config.enabled();
        this.definitions = definitions;
        this.remote = new RemoteEvaluator(calls, mapper);
        this.remoteConfig = new RemoteConfigClient(calls, mapper);
        this.flagCalls = new FeatureFlagCalledReporter(this.account, capture, calls.mapper(),
                enabled && token != null && config.exposure().enabled(),
                config.exposure().maxRemembered());
        this.overrides = overrides;
        this.request = request;
        this.payloads = new PayloadReader(mapper);
        this.warnings = new SnapshotWarnings(account);
        this.meter = new FlagEvaluationMetrics(calls.metrics());
        this.time = time;
        definitions.start(remote::clearCache);
    }

    @Override
    public Uni<FlagSnapshot> evaluateFlags(FlagContext context) {
        if (remote.isClosed()) {
            return Uni.createFrom().item(() -> EmptyFlagSnapshot.of(context, FlagError.CONNECTION));
        }
        try {
            return evaluated(asked(context));
        } catch (RuntimeException e) {
            return Uni.createFrom().item(() -> failed(unasked(context), e));
        }
    }

    private Uni<FlagSnapshot> evaluated(EvaluationRequest asked) {
        if (asked.isEmpty() || !enabled) {
            return Uni.createFrom().item(() -> nothing(asked));
        }
        return Uni.createFrom().deferred(() -> {
            Deadline deadline = remote.deadline();
            if (asked.context().source() == Source.REMOTE_ONLY) {
                return remotely(asked, Map.of(), List.of(), deadline);
            }
            return definitions.isReady() ? locallyFirst(asked, deadline) : whenReady(asked, deadline);
        });
    }

    private Uni<FlagSnapshot> whenReady(EvaluationRequest asked, Deadline deadline) {
        return CallerContext.keep(deadline.limit(definitions.ready(), TimeoutException::new))
                .onItemOrFailure().transformToUni((ready, late) -> late == null ? locallyFirst(asked, deadline)
                        : Uni.createFrom().item(snapshot(asked, Map.of(), remote.withoutDefinitions())));
    }

    private Uni<FlagSnapshot> locallyFirst(EvaluationRequest asked, Deadline deadline) {
        try {
            return evaluateLocalFirstSafely(asked, deadline);
        } catch (RuntimeException e) {
            return Uni.createFrom().item(failed(asked, e));
        }
    }

    private Uni<FlagSnapshot> evaluateLocalFirstSafely(EvaluationRequest asked, Deadline deadline) {
        LocalEvaluator evaluator = definitions.evaluator();
        if (evaluator == null) {
            return asked.context().source() == Source.LOCAL_ONLY ? Uni.createFrom().item(nothing(asked))
                    : remotely(asked, Map.of(), List.of(), deadline);
        }
        FlagSnapshot decided = decided(evaluator, asked);
        if (decided != null) {
            return Uni.createFrom().item(decided);
        }
        Local local = evaluate(evaluator, asked, definitions.refreshes());
        return local.complete() || asked.context().source() == Source.LOCAL_ONLY
                ? Uni.createFrom().item(snapshot(asked, local.flags(), FlagsResponse.NONE))
                : remotely(asked, local.flags(), local.unknown(), deadline);
    }

    @Override
    public FlagSnapshot evaluateFlagsLocally(FlagContext context) {
        if (remote.isClosed()) {
            return EmptyFlagSnapshot.of(context, FlagError.CONNECTION);
        }
        try {
            return evaluatedLocally(asked(context));
        } catch (RuntimeException e) {
            return failed(unasked(context), e);
        }
    }

    private FlagSnapshot evaluatedLocally(EvaluationRequest asked) {
        LocalEvaluator evaluator = definitions.evaluator();
        if (asked.isEmpty() || !enabled || evaluator == null) {
            return nothing(asked);
        }
        FlagSnapshot decided = decided(evaluator, asked);
        return decided != null ? decided
                : snapshot(asked, evaluate(evaluator, asked, definitions.refreshes()).flags(), FlagsResponse.NONE);
    }

    /**
     * A single flag that is decided here, which is what most evaluations are about, with as little as possible around
     * it.
     *
     * @return null for anything else
     */
    private FlagSnapshot decided(LocalEvaluator evaluator, EvaluationRequest asked) {
        Set<String> keys = asked.context().keys();
        if (keys.size() != 1) {
            return null;
        }
        String key = keys.iterator().next();
        if (evaluator.evaluate(key, asked.input(time)) instanceof LocalResult.Value value) {
            FlagMetadata flag = evaluator.definitions().flag(key).orElseThrow();
            boolean minimalEvents = evaluator.definitions().minimalFlagCalledEvents();
            return snapshot(asked, Map.of(key, ResolvedFlag.here(flag, value, minimalEvents)), FlagsResponse.NONE);
        }
        return null;
    }

    /**
     * @param complete whether PostHog could add nothing
     * @param unknown flags that were asked for, but have no definition
     */
    private record Local(Map<String, ResolvedFlag> flags, boolean complete, List<String> unknown) {
    }

    private Local evaluate(LocalEvaluator evaluator, EvaluationRequest asked, long refresh) {
        Set<String> keys = asked.context().keys();
        Map<String, LocalResult> results = keys.isEmpty() ? evaluator.evaluateAll(asked.input(time))
                : evaluator.evaluate(keys, asked.input(time));
        boolean minimalEvents = evaluator.definitions().minimalFlagCalledEvents();
        Map<String, ResolvedFlag> flags = new LinkedHashMap<>(results.size() * 2);
        List<String> unknown = new ArrayList<>(0);
        boolean complete = true;
        for (Map.Entry<String, LocalResult> entry : results.entrySet()) {
            String key = entry.getKey();
            if (entry.getValue() instanceof LocalResult.Value value) {
                flags.put(key, ResolvedFlag.here(evaluator.definitions().flag(key).orElseThrow(), value, minimalEvents));
            } else if (entry.getValue() instanceof LocalResult.Missing) {
                unknown.add(key);
                complete &= knownMissing.contains(key, refresh);
            } else {
                complete = false;
            }
        }
        return new Local(flags, complete, unknown);
    }

    /** What was found here stays as it is. */
    private Uni<FlagSnapshot> remotely(EvaluationRequest asked, Map<String, ResolvedFlag> local, List<String> unknown,
            Deadline deadline) {
        long refresh = definitions.refreshes();
        boolean fresh = asked.context().source() == Source.REMOTE_ONLY;
        Uni<FlagSnapshot> evaluated = Uni.createFrom().deferred(() -> remote.evaluate(asked.request(token), fresh, deadline))
                .map(answer -> {
                    Set<String> keys = asked.context().keys();
                    Map<String, ResolvedFlag> flags = new LinkedHashMap<>(local);
                    answer.flags().forEach((key, flag) -> {
                        if (keys.isEmpty() || keys.contains(key)) {
                            flags.putIfAbsent(key, flag);
                        }
                    });
                    if (answer.isComplete() && !unknown.isEmpty()) {
                        knownMissing.add(unknown.stream().filter(key -> !flags.containsKey(key)).toList(), refresh);
                    }
                    return snapshot(asked, flags, answer);
                });
        return evaluated.onFailure().recoverWithItem(failure -> failed(asked, failure));
    }

    private EvaluationRequest asked(FlagContext context) {
        FlagContext given = given(context);
        if (EvaluationRequest.hasBlankKey(given)) {
            flagCalls.blankKey();
            given = given.keys(given.keys().stream().filter(key -> !key.isBlank()).toList());
        }
        return EvaluationRequest.of(given, request.data(), overrides.current());
    }

    /** With what the caller said, and nothing else. */
    private static EvaluationRequest unasked(FlagContext context) {
        return EvaluationRequest.of(given(context), RequestData.NONE, PropertyOverrides.NONE);
    }

    private static FlagContext given(FlagContext context) {
        return context == null ? FlagContext.create() : context;
    }

    private FlagSnapshot nothing(EvaluationRequest asked) {
        return snapshot(asked, Map.of(), FlagsResponse.NONE);
    }

    /** Logs an unexpected exception. The caller gets the default values of the flags. */
    private FlagSnapshot failed(EvaluationRequest asked, Throwable defect) {
        if (defects.add(defect.getClass())) {
            LOG.errorf(defect, "PostHog account '%s' could not evaluate flags; they have their default values; "
                    + "further exceptions of this type are not logged", account);
        }
        return new DefaultFlagSnapshot(asked, Map.of(), FlagsResponse.failed(FlagError.UNKNOWN), flagCalls, payloads,
                warnings);
    }

    private FlagSnapshot snapshot(EvaluationRequest asked, Map<String, ResolvedFlag> flags, FlagsResponse answer) {
        meter.evaluated(asked.context().keys(), flags);
        return new DefaultFlagSnapshot(asked, flags, answer, flagCalls, payloads, warnings);
    }

    /** Evaluates with the definitions that are loaded; null when none are. */
    public LocalEvaluator evaluator() {
        return definitions.evaluator();
    }

    @Override
    public <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type) {
        return remoteConfig.payload(key, type);
    }

    @Override
    public FlagOverrides flagOverrides() {
        return overrides;
    }

    @Override
    public FlagDefinitionsStatus flagDefinitions() {
        return definitions.status();
    }

    @Override
    public Uni<FlagDefinitionsStatus> reloadFlagDefinitions() {
        return Uni.createFrom().deferred(() -> {
            remote.clearCache();
            return CallerContext.keep(definitions.reload());
        });
    }

    public void forgetExposures() {
        flagCalls.clear();
    }

    /** Nobody is told of an exposure any longer. */
    @Override
    public void close() {
        definitions.close();
        remote.clearCache();
        flagCalls.clear();
    }
}
