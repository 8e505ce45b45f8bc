package io.quarkiverse.posthog.runtime.dev;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagReason;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.InconclusiveCause;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.FlagDefinitionsApi;
import io.smallrye.mutiny.Uni;

/** Evaluates flags in the same way as the application, and determines which flags can be evaluated locally. */
final class FlagExplainer {

    private static final Operation<FlagDefinitionsApi> DEFINITIONS = Operation.flags("explainFlags",
            ApiEndpoint.FLAG_DEFINITIONS);

    private final DevUiAccounts accounts;

    FlagExplainer(DevUiAccounts accounts) {
        this.accounts = accounts;
    }

    Uni<EvaluationView> explain(PostHogClient account, FlagContext context) {
        return Uni.combine().all().unis(account.evaluateFlags(context), evaluator(account))
                .with((snapshot, evaluator) -> view(snapshot, evaluator.map(it -> it.evaluateAll(input(context))),
                        evaluator.map(LocalEvaluator::definitions).orElse(FlagDefinitions.empty()), contexts(account)));
    }

    private static List<String> contexts(PostHogClient account) {
        return account.calls().account().config().flags().evaluationContexts().orElse(List.of());
    }

    /**
     * Returns an evaluator with the loaded definitions. If none are loaded, loads them only from an emulator, which does not
     * bill this.
     */
    private Uni<Optional<LocalEvaluator>> evaluator(PostHogClient account) {
        LocalEvaluator loaded = account.evaluator();
        if (loaded != null || !accounts.isEmulated(account)) {
            return Uni.createFrom().item(Optional.ofNullable(loaded));
        }
        return account.calls().send(DEFINITIONS, api -> api.definitions(null,
                account.settings().projectApiKey().orElse(null), ""))
                .map(response -> Optional.of(new LocalEvaluator(FlagDefinitionsParser.parse(response.body()))))
                .onFailure().recoverWithItem(Optional.empty());
    }

    private static EvaluationInput input(FlagContext context) {
        return new EvaluationInput(context.distinctId(), context.deviceId(), context.groups(), context.personProperties(),
                context.groupProperties(), InstantSource.system());
    }

    private static EvaluationView view(FlagSnapshot snapshot, Optional<Map<String, LocalResult>> local,
            FlagDefinitions definitions, List<String> contexts) {
        Map<String, FlagResult> results = snapshot.results();
        TreeSet<String> keys = new TreeSet<>(results.keySet());
        local.ifPresent(found -> keys.addAll(found.keySet()));
        List<EvaluatedFlagView> flags = new ArrayList<>();
        for (String key : keys) {
            FlagResult result = results.get(key);
            Optional<String> excluded = definitions.flag(key).filter(flag -> result == null)
                    .flatMap(flag -> excluded(flag, contexts));
            flags.add(excluded.map(reason -> EvaluatedFlagView.excluded(key, reason))
                    .orElseGet(() -> view(key, result, local.map(found -> found.get(key)).orElse(null))));
        }
        return new EvaluationView(flags, snapshot.errors().stream().map(FlagError::code).sorted().toList(),
                local.isPresent(), local.isPresent() ? definitions.propertyMatchingVersion() : null);
    }

    /** Returns why PostHog does not evaluate the flag for this application either. */
    private static Optional<String> excluded(FlagMetadata flag, List<String> contexts) {
        if (!flag.isIn(contexts)) {
            return Optional.of("evaluation_contexts");
        }
        boolean forServers = EvaluationRuntime.of(flag.runtime()).orElse(EvaluationRuntime.ALL)
                .isFor(EvaluationRuntime.SERVER);
        return forServers ? Optional.empty() : Optional.of("evaluation_runtime");
    }

    private static EvaluatedFlagView view(String key, FlagResult result, LocalResult local) {
        Optional<Inconclusive> inconclusive = Optional.ofNullable(local).filter(Inconclusive.class::isInstance)
                .map(Inconclusive.class::cast);
        String notLocal = inconclusive.map(Inconclusive::reason).orElse(null);
        String cause = inconclusive.map(it -> code(it.cause())).orElse(null);
        if (result == null) {
            // PostHog omits disabled flags
            return new EvaluatedFlagView(key, null, null, local instanceof Value value ? value.reason().code() : null, null,
                    null, false, notLocal, cause);
        }
        Optional<FlagReason> reason = result.reason();
        return new EvaluatedFlagView(key, result.value().toString(), result.payload().orElse(null),
                reason.map(FlagReason::code).orElse(null), reason.flatMap(FlagReason::description).orElse(null),
                reason.filter(it -> it.conditionIndex().isPresent()).map(it -> it.conditionIndex().getAsInt()).orElse(null),
                result.locallyEvaluated(), notLocal, cause);
    }

    /** Returns the code of the reason in snapshots, which is the same for all unsupported parts of a definition. */
    private static String code(InconclusiveCause cause) {
        InconclusiveCause reason = cause == InconclusiveCause.FAILED_FILTER ? InconclusiveCause.UNSUPPORTED_DEFINITION : cause;
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
