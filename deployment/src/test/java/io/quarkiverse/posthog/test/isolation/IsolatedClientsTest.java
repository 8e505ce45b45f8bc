package io.quarkiverse.posthog.test.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.test.faults.RawHttpServer;
import io.quarkiverse.posthog.test.faults.RawHttpServer.Request;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Requests to PostHog and their responses are the same, whatever providers and settings the application has for its
 * REST clients. The subclasses add them.
 */
abstract class IsolatedClientsTest {

    static final String PROJECT_TOKEN = "phc_isolatedProjectToken";
    static final String PERSONAL_KEY = "phx_isolatedPersonalKey";
    static final String SECURE_KEY = "phs_isolatedSecureKey";

    /** The header that providers of the application add. */
    static final String FOREIGN_HEADER = "X-Foreign";
    static final String FOREIGN_AUTHORIZATION = "Bearer token-of-the-application";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> HEADERS = Set.of("host", "accept", "accept-encoding", "authorization", "connection",
            "content-encoding", "content-length", "content-type", "if-none-match", "posthog-attempt", "posthog-request-id",
            "posthog-request-timestamp", "posthog-sdk-info", "transfer-encoding", "user-agent");

    @Inject
    PostHogAccounts accounts;

    RawHttpServer server;
    PostHog account;

    /** An application without an account in its configuration, with these classes and their nested classes. */
    static QuarkusUnitTest application(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(
                        root -> root.addClasses(classes).addClasses(IsolatedClientsTest.class, RawHttpServer.class))
                .overrideConfigKey("quarkus.devservices.enabled", "false");
    }

    @BeforeEach
    void start() {
        server = new RawHttpServer();
        account = open("isolated", AccountSettings.create().set("flags.local-evaluation", "false"));
    }

    private PostHog open(String name, AccountSettings settings) {
        return accounts.open(name, settings.host(server.url()).projectId(4242).projectApiKey(PROJECT_TOKEN)
                .personalApiKey(PERSONAL_KEY).featureFlagsSecureApiKey(SECURE_KEY)
                .set("retry.initial-delay", "10ms").set("capture.retry.initial-delay", "10ms")
                .set("capture.flush-interval", "1h").set("capture.shutdown-timeout", "100ms")
                .set("flags.send-feature-flag-events", "false"));
    }

    @AfterEach
    void stop() throws IOException {
        accounts.close("isolated");
        server.close();
    }

    @Test
    @Tag("ISO-1")
    void queuedEventsAreDeliveredAfterAFailure() {
        fails();
        List<UUID> uuids = capture(account);

        List<Request> requests = requests("/batch/", 2);
        assertThat(server.acknowledged()).containsAll(uuids);
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.headers()).doesNotContainKey("authorization");
            assertThat(names(request.json())).containsExactlyInAnyOrder("api_key", "sent_at", "batch");
            assertThat(request.json().path("api_key").asText()).isEqualTo(PROJECT_TOKEN);
            assertThat(request.json().path("batch")).hasSize(uuids.size()).allSatisfy(event -> assertThat(names(event))
                    .containsExactlyInAnyOrder("event", "distinct_id", "uuid", "timestamp", "properties"));
        });
    }

    @Test
    @Tag("ISO-1")
    void queuedEventsAreDeliveredAfterAFailureInProtocolV1() {
        PostHog v1 = open("isolated-v1", AccountSettings.create().set("capture.protocol", "v1")
                .set("flags.local-evaluation", "false"));
        fails();
        try {
            List<UUID> uuids = capture(v1);

            List<Request> requests = requests("/i/v1/analytics/events", 2);
            assertThat(server.acknowledged()).containsAll(uuids);
            assertThat(requests).allSatisfy(request -> {
                assertThat(request.headers()).containsEntry("authorization", "Bearer " + PROJECT_TOKEN);
                assertThat(names(request.json())).containsExactlyInAnyOrder("created_at", "batch");
            });
        } finally {
            accounts.close("isolated-v1");
        }
    }

    @Test
    @Tag("ISO-1")
    void anEventIsSentImmediatelyAfterAFailure() {
        fails();

        UUID uuid = account.captureImmediate(event(0)).await().atMost(PATIENCE);

        assertThat(server.acknowledged()).containsExactly(uuid);
        requests("/batch/", 2);
    }

    @Test
    @Tag("ISO-1")
    void readsSucceedAfterAFailure() {
        fails();
        assertThat(account.cohorts().get(55).await().atMost(PATIENCE).name()).isEqualTo("Customers");
        assertThat(account.persons().list().map(Person::name).collect().asList().await().atMost(PATIENCE))
                .containsExactly("zoe", "max");

        assertThat(requests("/api/projects/4242/", 3)).allSatisfy(
                request -> assertThat(request.headers()).containsEntry("authorization", "Bearer " + PERSONAL_KEY));
    }

    @Test
    @Tag("ISO-1")
    void errorsOfPostHogAreItsExceptions() {
        server.failing(1, exchange -> exchange.respond("HTTP/1.1 404 Not Found\r\nContent-Type: application/json",
                "{\"type\":\"invalid_request\",\"detail\":\"Not found.\"}".getBytes()));

        assertThat(catchThrowable(() -> account.cohorts().get(55).await().atMost(PATIENCE)))
                .isInstanceOf(PostHogNotFoundException.class).hasMessageContaining("Not found.");
    }

    @Test
    @Tag("ISO-1")
    void flagsAreEvaluated() {
        FlagSnapshot flags = evaluate();
        fails();
        FlagSnapshot failed = evaluate();

        assertThat(flags.errors()).isEmpty();
        assertThat(flags.isEnabled("beta")).isTrue();
        assertThat(failed.errors()).containsExactly(FlagError.apiError(503));
        assertThat(requests("/flags/", 1)).allSatisfy(request -> {
            assertThat(request.headers()).doesNotContainKey("authorization");
            assertThat(names(request.json())).containsExactlyInAnyOrder("token", "distinct_id", "person_properties", "groups",
                    "group_properties", "geoip_disable", "flag_keys_to_evaluate", "evaluation_runtime");
        });
    }

    private FlagSnapshot evaluate() {
        return account.evaluateFlags(FlagContext.of("zoe").flagKeys("beta").onlyEvaluateRemotely()).await().atMost(PATIENCE);
    }

    @Test
    @Tag("ISO-1")
    void definitionsAreLoaded() {
        PostHog local = open("isolated-definitions", AccountSettings.create());
        try {
            assertThat(local.reloadFlagDefinitions().await().atMost(PATIENCE).lastFailure()).isEmpty();
            assertThat(local.evaluateFlagsLocally("zoe").isEnabled("beta")).isTrue();
        } finally {
            accounts.close("isolated-definitions");
        }

        assertThat(server.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/flags/definitions");
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + SECURE_KEY);
        });
    }

    private static CaptureEvent event(int number) {
        return CaptureEvent.of("order placed", "user-" + number).property("number", number);
    }

    private static List<UUID> capture(PostHog account) {
        List<UUID> uuids = new ArrayList<>();
        Stream.of(1, 2, 3).forEach(number -> uuids.add(account.capture(event(number)).orElseThrow()));
        await().atMost(PATIENCE).until(() -> account.flush().await().atMost(PATIENCE).delivered() == uuids.size());
        assertThat(account.captureStatus().totalDropped()).isZero();
        return uuids;
    }

    /** The first request fails as when PostHog is busy. */
    private void fails() {
        server.failing(1, exchange -> exchange.respond("HTTP/1.1 503 Unavailable\r\nContent-Type: text/plain",
                "busy".getBytes()));
    }

    /** The requests to a path, without anything in them that comes from the application. */
    private List<Request> requests(String path, int count) {
        List<Request> requests = server.requests().stream().filter(request -> request.path().startsWith(path)).toList();
        assertThat(requests).hasSize(count).allSatisfy(request -> {
            assertThat(HEADERS).containsAll(request.headers().keySet());
            assertThat(request.headers().get("user-agent")).startsWith("quarkus-posthog/");
            assertThat(request.text()).doesNotContain("token-of-the-application");
        });
        return requests;
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
