package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Jobs and other threads go on while an application stops: they get a closed account, and no exception from capturing. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CapturingWhileStoppingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-scheduler")
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class, Job.class))
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "false")
            .overrideConfigKey("quarkus.posthog.\"shop\".project-api-key", "phc_shop")
            .overrideConfigKey("quarkus.posthog.\"shop\".personal-api-key", "phx_shop")
            .overrideConfigKey("quarkus.posthog.\"shop\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"found\".project-api-key", "phc_found")
            .overrideConfigKey("quarkus.posthog.\"found\".personal-api-key", "phx_found")
            .overrideConfigKey("quarkus.posthog.\"found\".host", PostHogStub.url())
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()
                    // Quarkus warns of properties such as the version of Quarkus, if it is an argument of the build
                    && !record.getLoggerName().equals("io.quarkus.config"))
            .assertLogRecords(CapturingWhileStoppingTest::checkLog);

    @ApplicationScoped
    public static class Job {

        @Inject
        PostHog postHog;

        @Inject
        @PostHogAccount("shop")
        PostHog shop;

        @Inject
        PostHogAccounts accounts;

        @Scheduled(every = "1s")
        void tick() {
            postHog.capture(CaptureEvent.of("tick", "job"));
            shop.capture(CaptureEvent.of("tick", "job"));
            accounts.get("found").capture(CaptureEvent.of("tick", "job"));
        }
    }

    @Inject
    Job job;

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("shop")
    PostHog shop;

    @Inject
    PostHogAccounts accounts;

    /** The default account was used; the others are first used when they are closed. */
    @BeforeAll
    static void stop() {
        new CaptureRequests().answering();
        Arc.container().instance(PostHog.class).get().capture(CaptureEvent.of("viewed", "zoe"));
        ((InjectableContext) Arc.container().getActiveContext(ApplicationScoped.class)).destroy();
        Arc.container().instance(AccountRegistry.class).destroy();
    }

    private Stream<PostHog> clients() {
        return Stream.of(postHog, shop, accounts.get("found"));
    }

    @TestFactory
    @Order(1)
    @Tag("SHD-14")
    Stream<DynamicTest> capturingCountsTheEvent() {
        Map<String, Consumer<PostHog>> calls = Map.ofEntries(
                call("capture", client -> assertThat(client.capture(event())).isEmpty()),
                call("captureAi", client -> assertThat(client.captureAi(event())).isEmpty()),
                call("identify", client -> assertThat(client.identify("zoe", Map.of("plan", "pro"))).isEmpty()),
                call("alias", client -> assertThat(client.alias("anon", "zoe")).isEmpty()),
                call("groupIdentify", client -> assertThat(client.groupIdentify("company", "acme", Map.of("a", 1))).isEmpty()),
                call("setPersonProperties", client -> assertThat(client.setPersonProperties("zoe", Map.of("a", 1))).isEmpty()),
                call("setPersonPropertiesOnce",
                        client -> assertThat(client.setPersonPropertiesOnce("zoe", Map.of("a", 1))).isEmpty()),
                call("captureException", client -> assertThat(client.captureException(new IllegalStateException())).isEmpty()),
                call("captureImmediate", client -> assertThat(now(client.captureImmediate(event()))).isNull()),
                call("captureAiImmediate", client -> assertThat(now(client.captureAiImmediate(event()))).isNull()));
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> clients().forEach(client -> {
            // The job goes on meanwhile
            long before = client.captureStatus().dropped(DropReason.CLOSED);
            call.getValue().accept(client);
            assertThat(client.captureStatus().dropped(DropReason.CLOSED)).as(client.account()).isGreaterThan(before);
        })));
    }

    @Test
    @Order(1)
    @Tag("SHD-14")
    void aScheduledMethodDoesNotFail() {
        job.tick();
        Arc.container().instance(Job.class).get().tick();
    }

    @Test
    @Order(1)
    @Tag("SHD-14")
    void streamsAndFlushesEnd() {
        clients().forEach(client -> {
            fails(client.captureAll(Multi.createFrom().item(event())));
            fails(client.captureHistorical(Multi.createFrom().item(event())));
            assertThat(now(client.flush()).queued()).isZero();
            client.optOut();
            client.optIn();
        });
    }

    @Test
    @Order(1)
    @Tag("SHD-14")
    void readsFailWithADocumentedException() {
        clients().forEach(client -> assertAll(
                () -> fails(client.cohorts().page(CohortQuery.create())),
                () -> fails(client.persons().list(PersonQuery.create()).collect().asList()),
                () -> fails(client.featureFlags().get(1)),
                () -> fails(client.insights().get(1)),
                () -> fails(client.dashboards().get(1)),
                () -> fails(client.query("SELECT 1")),
                () -> fails(client.queryRows("SELECT 1").collect().asList()),
                () -> fails(client.getRemoteConfigPayload("key", String.class))));
    }

    @Test
    @Order(1)
    @Tag("SHD-14")
    void flagsHaveTheirDefaults() {
        clients().forEach(client -> {
            assertThat(now(client.isFeatureEnabled("beta", "zoe", true))).isTrue();
            assertThat(now(client.evaluateFlags("zoe")).keys()).isEmpty();
            assertThat(client.evaluateFlagsLocally(FlagContext.of("zoe")).isEnabled("beta", true)).isTrue();
            assertThat(client.flagDefinitionsStatus().loaded()).isFalse();
        });
    }

    private static void checkLog(List<LogRecord> records) {
        assertThat(records).extracting(LogRecord::getThrown).containsOnlyNulls();
        // For each account one of the events during the shutdown, and one of the first event after it
        assertThat(records).as(() -> records.stream().map(LogRecord::getMessage).toList().toString()).hasSizeBetween(3, 6)
                .allMatch(record -> record.getMessage().contains("dropped %s: %s"));
    }

    private static Map.Entry<String, Consumer<PostHog>> call(String name, Consumer<PostHog> call) {
        return Map.entry(name, call);
    }

    private static CaptureEvent event() {
        return CaptureEvent.of("late", "zoe");
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(5));
    }

    private static void fails(Uni<?> uni) {
        uni.subscribe().withSubscriber(UniAssertSubscriber.create()).awaitFailure(Duration.ofSeconds(5))
                .assertFailedWith(PostHogConnectionException.class, "the account was closed");
    }
}
