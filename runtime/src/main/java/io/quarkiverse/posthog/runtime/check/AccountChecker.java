package io.quarkiverse.posthog.runtime.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.KeyScope;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.resources.DefinitionsClient;
import io.quarkiverse.posthog.runtime.resources.StoredDefinition;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Project;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Checks whether an account works, with at most six concurrent requests. PostHog bills none of them, because they
 * evaluate no flags, and request the payload of a flag that does not exist.
 */
public final class AccountChecker {

    private static final Operation<FlagsApi> TOKEN = Operation.flags("check", ApiEndpoint.FLAGS);
    private static final Operation<PostHogApi> REQUEST = Operation.api("check", Limit.CRUD, Retry.NEVER);
    private static final Operation<KeyAndProjectApi> KEY = REQUEST.on(ApiEndpoint.KEY);

    private static final ApiResponse NOT_FOUND = new ApiResponse(null, 404, name -> null, new byte[0]);

    private static final String NO_FLAG = "quarkus-posthog-check";

    private final ApiExecutor calls;
    private final LocalState state;
    private final Clock clock;
    private final Duration timeout;

    /**
     * The state of the account that is available without a request.
     *
     * @param plan the events of the tracking plans that are injected for the account
     */
    public record LocalState(Supplier<CaptureStatus> capture, BooleanSupplier optedOut,
            Supplier<FlagDefinitionsStatus> definitions, List<PlannedEvent> plan) {
    }

    public AccountChecker(ApiExecutor calls, LocalState state, Clock clock) {
        this.calls = calls;
        this.state = state;
        this.clock = clock;
        this.timeout = calls.account().config().check().timeout();
    }

    /** Runs all checks. Never fails. */
    public Uni<CheckReport> check() {
        return Uni.createFrom().deferred(() -> {
            Instant start = clock.instant();
            return CallerContext.keep(Uni.combine().all()
                    .unis(token(), key(), project(), remoteConfig(), definitions(DefinitionsClient::events),
                            definitions(DefinitionsClient::properties))
                    .with((token, key, project, remoteConfig, events, properties) -> report(start,
                            new ProbeResults(token, key, project, remoteConfig, events, properties))));
        });
    }

    /** Verifies the project token. With {@code disable_flags}, PostHog does nothing else. */
    private Uni<ProbeResult<JsonNode>> token() {
        return calls.account().projectApiKey()
                .map(token -> calls.body(Map.of("token", token, "distinct_id", NO_FLAG, "disable_flags", true)))
                .map(body -> probe(calls.send(TOKEN, api -> api.evaluate(FlagsApi.VERSION, null, body)), this::flags))
                .orElseGet(AccountChecker::notSent);
    }

    /** Decodes the response. Fails if it is not PostHog's, because any other server could also respond with success. */
    private JsonNode flags(ApiResponse response) {
        JsonNode body = calls.decode(TOKEN, response, JsonNode.class);
        if (body.has("flags") || body.has("featureFlags")) {
            return body;
        }
        throw calls.invalidResponse(TOKEN, "the response has no flags");
    }

    private Uni<ProbeResult<Key>> key() {
        return calls.account().personalApiKey().isEmpty() ? notSent()
                : probe(calls.send(KEY, KeyAndProjectApi::currentKey), response -> calls.decode(KEY, response, Key.class));
    }

    private Uni<ProbeResult<Project>> project() {
        return calls.account().personalApiKey().isEmpty() ? notSent()
                : probe(calls.send(KEY, api -> api.project(calls.project().toString())),
                        response -> calls.decode(KEY, response, Project.class));
    }

    private Uni<ProbeResult<String>> remoteConfig() {
        ResolvedAccountConfig account = calls.account();
        return account.dedicatedSecureKey().isEmpty() || account.projectApiKey().isEmpty() ? notSent()
                : probe(calls
                        .send(REQUEST.on(ApiEndpoint.SECURE_API),
                                ApiCall.remoteConfig(calls.project(), PathSegment.of("key", NO_FLAG),
                                        account.projectApiKey().get()))
                        .onFailure(PostHogNotFoundException.class).recoverWithItem(NOT_FOUND), ApiResponse::toString);
    }

    /** Reads definitions, if the account has a tracking plan. */
    private Uni<ProbeResult<List<StoredDefinition>>> definitions(
            Function<DefinitionsClient, Multi<StoredDefinition>> request) {
        return state.plan().isEmpty() || calls.account().personalApiKey().isEmpty() ? notSent()
                : ProbeResult.read(request.apply(new DefinitionsClient(calls)).collect().asList(), timeout);
    }

    private <T> Uni<ProbeResult<T>> probe(Uni<ApiResponse> request, Function<ApiResponse, T> decoder) {
        return ProbeResult.probe(request, decoder, timeout, clock);
    }

    private static <T> Uni<ProbeResult<T>> notSent() {
        return Uni.createFrom().item(ProbeResult.none());
    }

    private record ProbeResults(ProbeResult<JsonNode> token, ProbeResult<Key> key, ProbeResult<Project> project,
            ProbeResult<String> remoteConfig, ProbeResult<List<StoredDefinition>> events,
            ProbeResult<List<StoredDefinition>> properties) {
    }

    private CheckReport report(Instant start, ProbeResults results) {
        ResolvedAccountConfig account = calls.account();
        KeyChecks keys = new KeyChecks(account);
        LocalChecks local = new LocalChecks(account);
        Check projectKey = guarded(CheckId.PROJECT_API_KEY, () -> keys.projectKey(results.token()));
        Check personalKey = guarded(CheckId.PERSONAL_API_KEY, () -> keys.personalKey(results.key(), results.project()));
        List<KeyScope> scopes = ScopesCheck.of(results.key());
        List<Check> checks = new ArrayList<>();
        checks.add(guarded(CheckId.CONFIGURATION, local::configuration));
        checks.add(guarded(CheckId.INGESTION_HOST, () -> HostCheck.ingestion(account).check(results.token())));
        checks.add(guarded(CheckId.API_HOST,
                () -> HostCheck.api(account).check(results.key(), results.project(), results.remoteConfig())));
        checks.add(guarded(CheckId.REGION, () -> RegionCheck.check(account, projectKey, personalKey)));
        checks.add(projectKey);
        checks.add(personalKey);
        checks.add(guarded(CheckId.SCOPES, () -> ScopesCheck.check(account, results.key(), scopes, personalKey)));
        checks.add(guarded(CheckId.PROJECT, () -> ProjectCheck.check(account, results.key(), results.project())));
        checks.add(guarded(CheckId.FEATURE_FLAGS_SECURE_API_KEY, () -> keys.secureKey(results.remoteConfig(), projectKey)));
        checks.add(guarded(CheckId.CLOCK, () -> ClockCheck.check(results.token(), results.key(), results.project())));
        checks.add(guarded(CheckId.QUEUE, () -> local.queue(state.capture().get(), state.optedOut().getAsBoolean())));
        checks.add(guarded(CheckId.DEFINITIONS, () -> local.definitions(state.definitions().get())));
        checks.add(guarded(CheckId.TRACKING_PLAN,
                () -> TrackingPlanCheck.check(state.plan(), results.events(), results.properties())));
        return new CheckReport(account.name(), start, Duration.between(start, clock.instant()), checks, scopes);
    }

    /** Runs a check. If it fails unexpectedly, the other checks are not affected. Masks keys in the result. */
    private Check guarded(CheckId id, Supplier<Check> check) {
        try {
            Check found = check.get();
            return new Check(id, found.status(), calls.masked(found.message()), found.nextStep());
        } catch (RuntimeException e) {
            return CheckResults.failed(id, "the check failed unexpectedly: " + e,
                    "report this at https://github.com/quarkiverse/quarkus-posthog/issues");
        }
    }
}
