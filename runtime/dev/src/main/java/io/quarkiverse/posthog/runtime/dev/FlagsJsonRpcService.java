package io.quarkiverse.posthog.runtime.dev;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

/** The functions of the Dev UI and Dev MCP for feature flags. Flags can only be changed in the emulator. */
public class FlagsJsonRpcService {

    private static final String ACCOUNT = "The name of the account, 'default' for the default account";

    private final DevUiAccounts accounts;
    private final FlagExplainer explainer;
    private final ObjectMapper mapper;

    @Inject
    public FlagsJsonRpcService(DevUiAccounts accounts, ObjectMapper mapper) {
        this.accounts = accounts;
        this.explainer = new FlagExplainer(accounts);
        this.mapper = mapper;
    }

    @NonBlocking
    @JsonRpcDescription("The PostHog feature flags of an account, with the conditions and variants of each. PostHog bills "
            + "each of these requests like a request for flag definitions")
    public Uni<List<FlagView>> flags(@JsonRpcDescription(ACCOUNT) String account) {
        PostHogClient running = accounts.get(account);
        if (running.settings().personalApiKey().isPresent()) {
            return running.featureFlags().list().map(FlagViewMapper::of).collect().asList()
                    .map(FlagsJsonRpcService::sorted);
        }
        LocalEvaluator evaluator = running.evaluator();
        FlagDefinitions definitions = evaluator == null ? FlagDefinitions.empty() : evaluator.definitions();
        return Uni.createFrom().item(() -> sorted(definitions.keys().stream()
                .map(key -> FlagViewMapper.of(definitions.flag(key).orElseThrow())).toList()));
    }

    /** Returns the label of the page. Sends no request to a real project, because it would be billed. */
    @NonBlocking
    @JsonRpcDescription("The number of feature flags of the first account, if it is available without a billed request")
    public Uni<String> flagCount() {
        Optional<PostHogClient> first = accounts.all().stream().findFirst();
        if (first.filter(accounts::isEmulated).isPresent()) {
            return first.get().featureFlags().list().collect().asList().map(flags -> Integer.toString(flags.size()));
        }
        return Uni.createFrom().item(first.map(PostHogClient::evaluator)
                .map(evaluator -> Integer.toString(evaluator.definitions().size())).orElse(null));
    }

    private static List<FlagView> sorted(List<FlagView> flags) {
        return flags.stream().sorted(Comparator.comparing(FlagView::key)).toList();
    }

    @NonBlocking
    @JsonRpcDescription("Enables or disables a feature flag in the emulator. Fails for flags of a PostHog project")
    public Uni<FlagView> switchFlag(@JsonRpcDescription(ACCOUNT) String account,
            @JsonRpcDescription("The numeric ID of the flag") String id,
            @JsonRpcDescription("true to enable it, false to disable it") String active) {
        PostHogClient running = accounts.get(account);
        if (!accounts.isEmulated(running)) {
            return Uni.createFrom().failure(new IllegalStateException("PostHog account '" + account
                    + "' is not emulated; change its flags in PostHog"));
        }
        FeatureFlagUpdate update = FeatureFlagUpdate.create().active(Boolean.parseBoolean(active));
        return running.featureFlags().get(Long.parseLong(id))
                .chain(flag -> running.featureFlags().update(flag.id(), update.expectedVersion(flag.version())))
                .chain(flag -> running.reloadFlagDefinitions().replaceWith(FlagViewMapper.of(flag)));
    }

    @NonBlocking
    @DevMCPEnableByDefault
    @JsonRpcDescription("Evaluates all PostHog feature flags for a person: the value, payload and reason of each, the index of "
            + "the condition that determined the value, and the reason if it cannot be evaluated locally. Does not capture "
            + "exposures")
    public Uni<EvaluationView> evaluateFlags(@JsonRpcDescription(ACCOUNT) String account,
            @JsonRpcDescription("The distinct ID of the person") String distinctId,
            @JsonRpcDescription("The person properties, a JSON object; may be empty") String personProperties,
            @JsonRpcDescription("The group keys by group type, a JSON object such as {\"company\": \"acme\"}; may be "
                    + "empty") String groups,
            @JsonRpcDescription("The group properties by group type, a JSON object of objects; may be empty") String groupProperties) {
        PostHogClient running = accounts.get(account);
        FlagContext context = new FlagContextParser(mapper).read(distinctId, personProperties, groups, groupProperties);
        return explainer.explain(running, context);
    }
}
