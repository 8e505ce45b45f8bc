package io.quarkiverse.posthog.runtime.check;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.check.AccountChecker.LocalState;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.quarkiverse.posthog.runtime.rest.api.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;

/** Checks a configured account. Each response is a successful one until the test replaces it. */
final class AccountCheckerFixture {

    static final String PROJECT_KEY = "phc_testProjectKey";
    static final String PERSONAL_KEY = "phx_testPersonalKey";
    static final String SECURE_KEY = "phs_testSecureKey";

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final ResolvedAccountConfig account;
    final List<String> requests = new ArrayList<>();
    Uni<RestResponse<byte[]>> token = flags("{\"flags\": {}}");
    Uni<RestResponse<KeyAndProjectApi.Key>> key = ok(new KeyAndProjectApi.Key(List.of("*"), List.of(), List.of()));
    Uni<RestResponse<KeyAndProjectApi.Project>> project = ok(new KeyAndProjectApi.Project(4242L, "Shop", PROJECT_KEY));
    Uni<String> remoteConfig = Uni.createFrom().failure(Refusals.of(404, "invalid_request", "Not found."));
    CaptureStatus capture = capture(Map.of(), null);
    boolean optedOut;
    FlagDefinitionsStatus definitions = new FlagDefinitionsStatus(false, false, 0, Optional.empty(), Optional.empty(),
            Optional.empty(), 1);

    private AccountCheckerFixture(ResolvedAccountConfig account) {
        this.account = account;
    }

    /** With all keys. */
    static AccountCheckerFixture of(String... properties) {
        return with(Stream.concat(Stream.of("project-api-key", PROJECT_KEY, "personal-api-key", PERSONAL_KEY,
                "feature-flags-secure-api-key", SECURE_KEY, "project-id", "4242"), Stream.of(properties))
                .toArray(String[]::new));
    }

    static AccountCheckerFixture with(String... properties) {
        return new AccountCheckerFixture(TestAccounts.account(properties));
    }

    CheckReport report() {
        return new AccountChecker(TestAccounts.calls(new Flags(), new Keys(), secure(), account),
                new LocalState(() -> capture, () -> optedOut, () -> definitions, List.of()), Clock.fixed(NOW, ZoneOffset.UTC))
                .check()
                .await().atMost(Duration.ofSeconds(10));
    }

    Check check(CheckId id) {
        return report().check(id);
    }

    static CaptureStatus capture(Map<DropReason, Long> dropped, String lastFailure) {
        return new CaptureStatus(3, 300, 10, 7, dropped, 2, 0,
                lastFailure == null ? Optional.empty() : Optional.of(NOW.plusSeconds(5)), Optional.ofNullable(lastFailure));
    }

    static <T> Uni<RestResponse<T>> ok(T body) {
        return at("Fri, 20 Nov 2026 10:00:00 GMT", body);
    }

    /** An answer that tells this time. */
    static <T> Uni<RestResponse<T>> at(String date, T body) {
        return Uni.createFrom().item(ResponseBuilder.ok(body).header(HttpHeaders.DATE, date).build());
    }

    static Uni<RestResponse<byte[]>> flags(String body) {
        return ok(body.getBytes(StandardCharsets.UTF_8));
    }

    static <T> Uni<T> refused(int status, String detail) {
        return fails(Refusals.of(status, "authentication_error", detail));
    }

    static <T> Uni<T> fails(Throwable failure) {
        return Uni.createFrom().failure(failure);
    }

    private PostHogApi secure() {
        return (PostHogApi) Proxy.newProxyInstance(PostHogApi.class.getClassLoader(), new Class<?>[] { PostHogApi.class },
                (proxy, method, arguments) -> {
                    requests.add(method.getName() + " " + arguments[0]);
                    return Refusals.response(remoteConfig.map(RestResponse::ok));
                });
    }

    private final class Flags implements FlagsApi {

        @Override
        public Uni<Response> evaluate(int version, String encoding, RequestBody body) {
            requests.add(new String(body.bytes(), StandardCharsets.UTF_8));
            return Refusals.response(token);
        }
    }

    private final class Keys implements KeyAndProjectApi {

        @Override
        public Uni<Response> currentKey() {
            requests.add("currentKey");
            return Refusals.response(key);
        }

        @Override
        public Uni<Response> project(String id) {
            requests.add("project " + id);
            return Refusals.response(project);
        }
    }
}
