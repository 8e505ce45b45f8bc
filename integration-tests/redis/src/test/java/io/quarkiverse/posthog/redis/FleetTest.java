package io.quarkiverse.posthog.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.redis.DefinitionsServer.Request;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** Verifies that instances of an application in separate processes share flag definitions through a Redis server. */
class FleetTest {

    private static final Duration INTERVAL = Duration.ofMillis(300);

    /** How long another instance waits for one that has disappeared. */
    private static final Duration LEASE = INTERVAL.multipliedBy(2).plusSeconds(1);

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final DefinitionsServer POSTHOG = new DefinitionsServer();

    /** It is not told where Redis is before it is started. */
    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(root -> root.addClass(FlagResource.class).addAsResource(new StringAsset("""
                    quarkus.posthog.flags.definitions.redis.enabled=true
                    quarkus.posthog.flags.definitions.poll-interval=300ms
                    quarkus.posthog.flags.definitions.timeout=1s
                    quarkus.posthog.flags.send-feature-flag-events=false
                    """), "application.properties"));

    @ProdBuildResults
    ProdModeTestResults application;

    @Test
    @Tag("RDS-1")
    void oneInstanceLoadsDefinitionsForAll() throws Exception {
        POSTHOG.define("phc_one", "first");
        try (Instance a = start("a", "phc_one"); Instance b = start("b", "phc_one")) {
            assertThat(a.isOn("first")).isTrue();
            assertThat(b.isOn("first")).isTrue();

            POSTHOG.define("phc_one", "second");
            await().until(() -> a.isOn("second") && b.isOn("second"));
            int until = POSTHOG.askers("phc_one").size();
            await().until(() -> POSTHOG.askers("phc_one").size() > until + 5);

            assertThat(b.isOn("first")).isFalse();
            assertThat(POSTHOG.askers("phc_one")).containsOnly("a");
        }
    }

    @Test
    @Tag("FDL-19")
    void allInstancesFollowTheSharedPropertyMatchingVersion() throws Exception {
        POSTHOG.defineComparison("phc_version", 1);
        try (Instance a = start("a", "phc_version"); Instance b = start("b", "phc_version")) {
            assertThat(a.isOn("no-visits")).isTrue();
            assertThat(b.isOn("no-visits")).isTrue();

            POSTHOG.defineComparison("phc_version", 2);
            await().until(() -> !a.isOn("no-visits") && !b.isOn("no-visits"));
            POSTHOG.defineComparison("phc_version", 1);
            await().until(() -> a.isOn("no-visits") && b.isOn("no-visits"));

            assertThat(POSTHOG.askers("phc_version")).containsOnly("a");
        }
    }

    @Test
    @Tag("RDS-2")
    void anotherInstanceTakesOverAfterTheLeaseOfAKilledInstance() throws Exception {
        POSTHOG.define("phc_killed", "first");
        try (Instance a = start("a", "phc_killed"); Instance b = start("b", "phc_killed")) {
            a.kill();
            POSTHOG.define("phc_killed", "second");

            await().until(() -> b.isOn("second"));

            Instant lastOfA = times("phc_killed", "a").max(Comparator.naturalOrder()).orElseThrow();
            Instant firstOfB = times("phc_killed", "b").min(Comparator.naturalOrder()).orElseThrow();
            // It may have been killed before it stored the last answer, which would have prolonged its turn
            assertThat(firstOfB).isAfter(lastOfA.plus(LEASE).minus(INTERVAL.multipliedBy(2)));
        }
    }

    @Test
    @Tag("RDS-3")
    void anotherInstanceTakesOverImmediatelyAfterShutdown() throws Exception {
        POSTHOG.define("phc_ended", "first");
        // So that nobody would take its place soon if it just disappeared
        Map<String, String> patient = Map.of("quarkus.posthog.flags.definitions.timeout", "10m");
        try (Instance a = start("a", "phc_ended", patient); Instance b = start("b", "phc_ended", patient)) {
            assertThat(POSTHOG.askers("phc_ended")).containsOnly("a");
            a.stop();
            POSTHOG.define("phc_ended", "second");

            await().until(() -> b.isOn("second"));

            assertThat(POSTHOG.askers("phc_ended")).last().isEqualTo("b");
        }
    }

    @Test
    @Tag("RDS-4")
    void anotherInstanceTakesOverIfPostHogIsUnreachable() throws Exception {
        POSTHOG.define("phc_cut", "first");
        try (Instance cut = start("cut", "phc_cut"); Instance b = start("b", "phc_cut")) {
            POSTHOG.cutOff("cut");
            POSTHOG.define("phc_cut", "second");

            await().until(() -> b.isOn("second") && cut.isOn("second"));
        }
    }

    @Test
    @Tag("RDS-5")
    void everyInstanceLoadsDefinitionsDuringRedisOutage() throws Exception {
        POSTHOG.define("phc_redis", "first");
        try (Instance a = start("a", "phc_redis"); Instance b = start("b", "phc_redis")) {
            REDIS.stop();
            try {
                POSTHOG.define("phc_redis", "second");
                await().until(() -> a.isOn("second") && b.isOn("second"));
                assertThat(POSTHOG.askers("phc_redis")).contains("a", "b");
            } finally {
                REDIS.start();
            }
            Instant back = Instant.now();

            await().until(() -> {
                List<Request> since = POSTHOG.requests("phc_redis").stream().filter(it -> it.time().isAfter(back))
                        .toList();
                return since.size() > 12 && Set.copyOf(since.subList(since.size() - 8, since.size()).stream()
                        .map(Request::instance).toList()).size() == 1;
            });
            POSTHOG.define("phc_redis", "third");
            await().until(() -> a.isOn("third") && b.isOn("third"));
        }
    }

    @Test
    @Tag("RDS-6")
    void newInstanceUsesStoredDefinitionsDuringPostHogOutage() throws Exception {
        POSTHOG.define("phc_outage", "first");
        start("a", "phc_outage").stop();
        POSTHOG.fail("phc_outage");

        try (Instance b = start("b", "phc_outage")) {
            assertThat(b.isOn("first")).isTrue();
        }
    }

    private Instance start(String name, String token) throws IOException {
        return start(name, token, Map.of());
    }

    private Instance start(String name, String token, Map<String, String> more) throws IOException {
        Map<String, String> configuration = new HashMap<>(Map.of("quarkus.redis.hosts", REDIS.url(),
                "quarkus.posthog.host", POSTHOG.url(), "quarkus.posthog.project-api-key", token,
                "quarkus.posthog.feature-flags-secure-api-key", "phs_fleet"));
        configuration.putAll(more);
        return Instance.start(name, application.getBuiltArtifactPath(), configuration);
    }

    private static Stream<Instant> times(String token, String instance) {
        return POSTHOG.requests(token).stream().filter(request -> request.instance().equals(instance))
                .map(Request::time);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
