package io.quarkiverse.posthog.runtime.check;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.KeyScope;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.CallerContext;
import io.quarkiverse.posthog.runtime.rest.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.KeyApi.Key;
import io.quarkiverse.posthog.runtime.rest.KeyApi.Project;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Repeat;
import io.quarkiverse.posthog.runtime.rest.Operation.Service;
import io.smallrye.mutiny.Uni;

/**
 * Finds out whether an account works, with at most four requests at the same time, none of which PostHog counts as usage:
 * it asks for no flags, and for the payload of a flag that does not exist.
 */
public final class Doctor {

    private static final Operation TOKEN = Operation.flags("check", Service.FLAGS);
    private static final Operation ASK = new Operation("check", Limit.MANAGEMENT, Repeat.NEVER);

    private static final String NO_FLAG = "quarkus-posthog-check";

    private final ApiCalls calls;
    private final LocalState state;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final Duration timeout;

    /** What is known without asking PostHog. */
    public record LocalState(Supplier<CaptureStatus> capture, BooleanSupplier optedOut,
            Supplier<FlagDefinitionsStatus> definitions) {
    }

    public Doctor(ApiCalls calls, LocalState state, ObjectMapper mapper, Clock clock) {
        this.calls = calls;
        this.state = state;
        this.mapper = mapper;
        this.clock = clock;
        this.timeout = calls.account().config().check().timeout();
    }

    /** Never fails. */
    public Uni<CheckReport> check() {
        return Uni.createFrom().deferred(() -> {
            Instant start = clock.instant();
            return CallerContext.keep(Uni.combine().all().unis(token(), key(), project(), remoteConfig())
                    .with((token, key, project, remoteConfig) -> report(start,
                            new Answers(token, key, project, remoteConfig))));
        });
    }

    /** With flags disabled PostHog looks at the token, and at nothing else. */
    private Uni<Answer<byte[]>> token() {
        return calls.account().projectApiKey()
                .map(token -> ask(calls.flags(TOKEN, api -> api.evaluate(FlagsApi.VERSION, json(Map.of("token", token,
                        "distinct_id", NO_FLAG, "disable_flags", true)))).invoke(this::requireFlags)))
                .orElseGet(Doctor::nothing);
    }

    /** Whatever else listens there might answer with success, too. */
    private void requireFlags(RestResponse<byte[]> response) {
        try {
            JsonNode answer = mapper.readTree(response.getEntity() == null ? new byte[0] : response.getEntity());
            if (answer.has("flags") || answer.has("featureFlags")) {
                return;
            }
        } catch (IOException e) {
            // No JSON is no better than another one
        }
        throw calls.nonsense(TOKEN, "the answer has no flags");
    }

    private byte[] json(Object body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Uni<Answer<Key>> key() {
        return calls.account().personalApiKey().isEmpty() ? nothing() : ask(calls.key(ASK, api -> api.currentKey()));
    }

    private Uni<Answer<Project>> project() {
        return calls.account().personalApiKey().isEmpty() ? nothing()
                : ask(calls.key(ASK, api -> api.project(calls.account().projectId())));
    }

    private Uni<Answer<String>> remoteConfig() {
        Account account = calls.account();
        return account.ownSecureKey().isEmpty() || account.projectApiKey().isEmpty() ? nothing()
                : ask(calls.secureApi(ASK, api -> api.remoteConfig(account.projectId(), NO_FLAG,
                        account.projectApiKey().get()))
                        .onFailure(PostHogNotFoundException.class).recoverWithItem("")
                        .map(RestResponse::ok));
    }

    private <T> Uni<Answer<T>> ask(Uni<RestResponse<T>> request) {
        return Answer.of(request, timeout, clock);
    }

    private static <T> Uni<Answer<T>> nothing() {
        return Uni.createFrom().item(Answer.none());
    }

    private record Answers(Answer<byte[]> token, Answer<Key> key, Answer<Project> project, Answer<String> remoteConfig) {
    }

    private CheckReport report(Instant start, Answers answers) {
        Account account = calls.account();
        KeyChecks keys = new KeyChecks(account);
        LocalChecks local = new LocalChecks(account);
        Check projectKey = guarded(CheckId.PROJECT_KEY, () -> keys.projectKey(answers.token()));
        Check personalKey = guarded(CheckId.PERSONAL_KEY, () -> keys.personalKey(answers.key(), answers.project()));
        List<KeyScope> scopes = Scopes.of(answers.key());
        List<Check> checks = new ArrayList<>();
        checks.add(guarded(CheckId.CONFIGURATION, local::configuration));
        checks.add(guarded(CheckId.INGESTION_HOST, () -> HostCheck.ingestion(account).check(answers.token())));
        checks.add(guarded(CheckId.API_HOST,
                () -> HostCheck.api(account).check(answers.key(), answers.project(), answers.remoteConfig())));
        checks.add(guarded(CheckId.REGION, () -> RegionCheck.check(account, projectKey, personalKey)));
        checks.add(projectKey);
        checks.add(personalKey);
        checks.add(guarded(CheckId.SCOPES, () -> Scopes.check(account, answers.key(), scopes, personalKey)));
        checks.add(guarded(CheckId.PROJECT, () -> ProjectCheck.check(account, answers.key(), answers.project())));
        checks.add(guarded(CheckId.SECURE_KEY, () -> keys.secureKey(answers.remoteConfig(), projectKey)));
        checks.add(guarded(CheckId.CLOCK, () -> ClockCheck.check(answers.token(), answers.key(), answers.project())));
        checks.add(guarded(CheckId.QUEUE, () -> local.queue(state.capture().get(), state.optedOut().getAsBoolean())));
        checks.add(guarded(CheckId.DEFINITIONS, () -> local.definitions(state.definitions().get())));
        return new CheckReport(account.name(), start, Duration.between(start, clock.instant()), checks, scopes);
    }

    /** One check that breaks does not take the others with it, and none shows a key. */
    private Check guarded(CheckId id, Supplier<Check> check) {
        try {
            Check found = check.get();
            return new Check(id, found.status(), calls.masked(found.found()), found.nextStep());
        } catch (RuntimeException e) {
            return Check.failed(id, "the check itself broke: " + e,
                    "report this at https://github.com/quarkiverse/quarkus-posthog/issues");
        }
    }
}
