package io.quarkiverse.posthog.runtime.flags;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagContext.Source;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.UnresolvedFlagReason;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.InconclusiveCause;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Deadline;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;
import io.smallrye.mutiny.Uni;

/** Evaluates flags with the loaded definitions, and lets PostHog evaluate the flags for which that is not possible. */
final class FlagEvaluator {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final String account;
    private final String token;
    private final boolean enabled;
    private final List<String> contexts;
    private final FlagDefinitionsSource definitions;
    private final RemoteEvaluator remote;
    private final FeatureFlagCalledReporter flagCalls;
    private final PayloadReader payloads;
    private final SnapshotWarnings warnings;
    private final FlagEvaluationMetrics metrics;
    private final InstantSource time;
    private final UnknownFlagCache unknownFlags = new UnknownFlagCache();
    /** By type of exception. */
    private final DuplicateMessageFilter<Class<?>> failures = new DuplicateMessageFilter<>();

    FlagEvaluator(ApiExecutor calls, FlagDefinitionsSource definitions, RemoteEvaluator remote,
            FeatureFlagCalledReporter flagCalls, InstantSource time) {
        this.account = calls.account().name();
        this.token = calls.account().projectApiKey().orElse(null);
        this.enabled = calls.account().config().flags().enabled();
        this.contexts = calls.account().config().flags().evaluationContexts().orElse(List.of());
        this.definitions = definitions;
        this.remote = remote;
        this.flagCalls = flagCalls;
        this.payloads = new PayloadReader(calls::values);
        this.warnings = new SnapshotWarnings(account);
        this.metrics = new FlagEvaluationMetrics(calls.metrics());
        this.time = time;
    }

    /** Never fails. */
    Uni<FlagSnapshot> evaluate(EvaluationRequest request) {
        if (request.isEmpty() || !enabled) {
            return Uni.createFrom().item(() -> nothing(request));
        }
        return Uni.createFrom().deferred(() -> {
            Deadline deadline = remote.deadline();
            if (request.context().source() == Source.REMOTE_ONLY) {
                return remotely(request, LocalFlags.NONE, deadline);
            }
            return definitions.isReady() ? locallyFirst(request, deadline) : whenReady(request, deadline);
        }).onFailure().recoverWithItem(failure -> failed(request, failure));
    }

    private Uni<FlagSnapshot> whenReady(EvaluationRequest request, Deadline deadline) {
        return CallerContext.keep(deadline.limit(definitions.ready(), TimeoutException::new))
                .onItemOrFailure().transformToUni((ready, late) -> late == null ? locallyFirst(request, deadline)
                        : Uni.createFrom().item(snapshot(request, LocalFlags.NONE, remote.withoutDefinitions())));
    }

    private Uni<FlagSnapshot> locallyFirst(EvaluationRequest request, Deadline deadline) {
        LocalFlags local = locally(request);
        return local.complete() || request.context().source() == Source.LOCAL_ONLY
                ? Uni.createFrom().item(snapshot(request, local, FlagsResponse.NONE))
                : remotely(request, local, deadline);
    }

    /** Evaluates with the loaded definitions only. */
    FlagSnapshot evaluateLocally(EvaluationRequest request) {
        return request.isEmpty() || !enabled ? nothing(request)
                : snapshot(request, locally(request), FlagsResponse.NONE);
    }

    private LocalFlags locally(EvaluationRequest request) {
        long refresh = definitions.refreshes();
        LocalEvaluator evaluator = definitions.evaluator();
        if (evaluator == null) {
            return LocalFlags.NONE;
        }
        Map<String, LocalResult> results = results(evaluator, request);
        FlagDefinitions loaded = evaluator.definitions();
        boolean minimalEvents = loaded.minimalFlagCalledEvents();
        LocalFlags.Builder found = new LocalFlags.Builder(results.size());
        for (Map.Entry<String, LocalResult> entry : results.entrySet()) {
            String key = entry.getKey();
            FlagMetadata flag = loaded.flag(key).orElse(null);
            if (flag != null && !(flag.isIn(contexts) && isFor(request.context().runtime(), flag))) {
                // PostHog would not return it either
                continue;
            }
            if (entry.getValue() instanceof LocalResult.Value value) {
                found.add(key, ResolvedFlag.local(flag, value, minimalEvents));
            } else if (entry.getValue() instanceof LocalResult.Missing) {
                if (!unknownFlags.contains(key, request.remoteRuntime(), refresh)) {
                    found.addUnknown(key);
                }
            } else if (entry.getValue() instanceof LocalResult.Inconclusive inconclusive) {
                found.addUnresolved(key, reason(inconclusive.cause()), isFor(request.remoteRuntime(), flag));
            }
        }
        return found.build();
    }

    /** A flag without a runtime is for all of them. */
    private static boolean isFor(EvaluationRuntime runtime, FlagMetadata flag) {
        return runtime == null || EvaluationRuntime.of(flag.runtime()).orElse(EvaluationRuntime.ALL).isFor(runtime);
    }

    /** PostHog's responses do not contain the runtime. */
    private ResolvedFlag withRuntime(ResolvedFlag flag) {
        LocalEvaluator evaluator = definitions.evaluator();
        String runtime = evaluator == null ? null
                : evaluator.definitions().flag(flag.key()).map(FlagMetadata::runtime).orElse(null);
        return runtime != null && flag instanceof ResolvedFlag.Remote remote ? remote.withRuntime(runtime) : flag;
    }

    private static UnresolvedFlagReason reason(InconclusiveCause cause) {
        return switch (cause) {
            case EXPERIENCE_CONTINUITY -> UnresolvedFlagReason.EXPERIENCE_CONTINUITY;
            case UNSUPPORTED_DEFINITION, FAILED_FILTER -> UnresolvedFlagReason.UNSUPPORTED_DEFINITION;
            case MISSING_CONTEXT -> UnresolvedFlagReason.MISSING_CONTEXT;
            case UNRESOLVED_DEPENDENCY -> UnresolvedFlagReason.UNRESOLVED_DEPENDENCY;
        };
    }

    private Map<String, LocalResult> results(LocalEvaluator evaluator, EvaluationRequest request) {
        Set<String> keys = request.context().flagKeys();
        return keys.isEmpty() ? evaluator.evaluateAll(request.input(time)) : evaluator.evaluate(keys, request.input(time));
    }

    /** Adds the flags from PostHog to the ones that were evaluated locally, which take precedence. */
    private Uni<FlagSnapshot> remotely(EvaluationRequest request, LocalFlags local, Deadline deadline) {
        long refresh = definitions.refreshes();
        boolean fresh = request.context().source() == Source.REMOTE_ONLY;
        return remote.evaluate(request.request(token, contexts), needsTypes(), fresh, deadline).map(response -> {
            Set<String> keys = request.context().flagKeys();
            Map<String, ResolvedFlag> flags = new LinkedHashMap<>(local.flags());
            response.flags().forEach((key, flag) -> {
                if (keys.isEmpty() || keys.contains(key)) {
                    flags.computeIfAbsent(key, any -> withRuntime(flag));
                }
            });
            unknownFlags.remove(response.flags().keySet(), request.remoteRuntime());
            if (response.isComplete() && !local.unknown().isEmpty()) {
                unknownFlags.add(local.unknown().stream().filter(key -> !flags.containsKey(key)).toList(),
                        request.remoteRuntime(), refresh);
            }
            Map<String, UnresolvedFlagReason> unresolved = new LinkedHashMap<>(local.unresolved());
            unresolved.keySet().removeAll(flags.keySet());
            return snapshot(request, new LocalFlags(flags, true, List.of(), unresolved), response);
        });
    }

    /** Flags with rules of version 2 can have values that only version 3 of the response contains. */
    private boolean needsTypes() {
        LocalEvaluator evaluator = definitions.evaluator();
        return evaluator != null && evaluator.definitions().hasConfigVersion(2);
    }

    private FlagSnapshot nothing(EvaluationRequest request) {
        return snapshot(request, LocalFlags.NONE, FlagsResponse.NONE);
    }

    private FlagSnapshot snapshot(EvaluationRequest request, LocalFlags found, FlagsResponse response) {
        metrics.evaluated(request.context().flagKeys(), found.flags());
        return new DefaultFlagSnapshot(request, found.flags(), found.unresolved(), response, flagCalls, payloads, warnings);
    }

    /** The snapshot of a closed account: flags have their default values. */
    FlagSnapshot closed(EvaluationRequest request) {
        return failed(request, FlagError.CONNECTION_ERROR);
    }

    /** Logs an unexpected exception. Flags have their default values. */
    FlagSnapshot failed(EvaluationRequest request, Throwable failure) {
        if (failures.isFirst(failure.getClass())) {
            LOG.errorf(failure, "PostHog account '%s' could not evaluate flags; they have their default values; "
                    + "further exceptions of this type are not logged", account);
        }
        return failed(request, FlagError.UNKNOWN_ERROR);
    }

    private FlagSnapshot failed(EvaluationRequest request, FlagError error) {
        return new DefaultFlagSnapshot(request, Map.of(), Map.of(), FlagsResponse.failed(error), flagCalls, payloads, warnings);
    }
}
