package io.quarkiverse.posthog.runtime.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.api.RestGet;
import io.quarkiverse.posthog.api.RestWrite;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.EventDelivery;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.featureflags.FeatureFlagQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.rest.RestClients;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** No method that returns a Uni or Multi throws, or does anything before the subscription. */
class LazyMethodsTest {

    /** Complete with default values, or with the reason in the result. */
    private static final Set<String> NEVER_FAILING = Set.of("evaluateFlags", "isFeatureEnabled", "getFeatureFlag",
            "getFeatureFlagPayload", "getFeatureFlagResult", "getAllFlags", "getAllFlagsAndPayloads", "flush",
            "reloadFlagDefinitions", "check");

    /** Retry for longer than the test lasts. */
    private static final Set<String> RETRYING = Set.of("captureAll", "captureHistorical", "deliverAll");

    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(String.class, "value"), Map.entry(long.class, 1L), Map.entry(boolean.class, true),
            Map.entry(UUID.class, new UUID(1, 2)), Map.entry(Class.class, String.class),
            Map.entry(CaptureEvent.class, CaptureEvent.of("viewed", "zoe")),
            Map.entry(FlagContext.class, FlagContext.of("zoe")), Map.entry(HogQLQuery.class, HogQLQuery.of("select 1")),
            Map.entry(QueryRefresh.class, QueryRefresh.BLOCKING), Map.entry(EventQuery.class, EventQuery.create()),
            Map.entry(PersonQuery.class, PersonQuery.create()), Map.entry(CohortQuery.class, CohortQuery.create()),
            Map.entry(DashboardQuery.class, DashboardQuery.create()), Map.entry(InsightQuery.class, InsightQuery.create()),
            Map.entry(FeatureFlagQuery.class, FeatureFlagQuery.create()),
            Map.entry(NewFeatureFlag.class, NewFeatureFlag.of("beta", "Beta")),
            Map.entry(FeatureFlagUpdate.class, FeatureFlagUpdate.create().name("Beta")));

    private static final String PATH = "/api/projects/{project}/annotations/";

    private final ManualBackground background = new ManualBackground();
    private final AtomicInteger attempts = new AtomicInteger();

    @TestFactory
    @Tag("RDG-8")
    Stream<DynamicTest> failOnlyWhenTheyAreSubscribedTo() {
        return Stream.of(PostHog.class, Events.class, Persons.class, FeatureFlags.class, Insights.class, Dashboards.class,
                Cohorts.class, RestGet.class, RestWrite.class).flatMap(LazyMethodsTest::lazyMethods)
                .map(method -> DynamicTest.dynamicTest(method.toGenericString(), () -> check(method)));
    }

    private static Stream<Method> lazyMethods(Class<?> type) {
        return Arrays.stream(type.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() == Uni.class || method.getReturnType() == Multi.class);
    }

    private void check(Method method) throws Exception {
        attempts.set(0);
        PostHogClient client = TestClients.client(background, this::unavailable, () -> {
            throw new IllegalStateException("no mapper");
        });

        Object result = method.invoke(target(client, method), arguments(method));

        assertThat(attempts).hasValue(0);
        Uni<?> uni = result instanceof Multi<?> multi ? multi.collect().asList() : (Uni<?>) result;
        UniAssertSubscriber<?> subscriber = uni.subscribe().withSubscriber(UniAssertSubscriber.create());
        background.run();
        if (RETRYING.contains(method.getName())) {
            assertThat(attempts).hasValue(1);
            subscriber.assertNotTerminated().cancel();
        } else if (NEVER_FAILING.contains(method.getName())) {
            subscriber.awaitItem();
        } else {
            subscriber.awaitFailure().assertFailedWith(PostHogConnectionException.class,
                    "the REST client could not be created");
        }
    }

    private RestClients unavailable() {
        attempts.incrementAndGet();
        throw new IllegalStateException("no REST clients");
    }

    private static Object target(PostHogClient client, Method method) throws ReflectiveOperationException {
        if (method.getDeclaringClass().isInstance(client)) {
            return client;
        }
        for (Object request : List.of(client.api().get(PATH), client.api().post(PATH))) {
            if (method.getDeclaringClass().isInstance(request)) {
                return request;
            }
        }
        for (Method resource : PostHog.class.getMethods()) {
            if (resource.getReturnType() == method.getDeclaringClass()) {
                return resource.invoke(client);
            }
        }
        return fail("No resource " + method.getDeclaringClass());
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type == Multi.class ? stream(method.getName()) : argument(type)).toArray();
    }

    /** A stream can only be subscribed to once. */
    private static Multi<?> stream(String method) {
        CaptureEvent event = CaptureEvent.of("viewed", "zoe");
        return Multi.createFrom().item(method.equals("deliverAll") ? new UnexpectedOutcome(event) : event);
    }

    private record UnexpectedOutcome(CaptureEvent event) implements EventDelivery {

        @Override
        public void delivered() {
            fail("There is no server");
        }

        @Override
        public void dropped(DropReason reason, Optional<String> detail) {
            fail("The event has to be delivered again");
        }
    }

    private static Object argument(Class<?> type) {
        Object argument = ARGUMENTS.get(type);
        return argument == null ? fail("No argument of " + type) : argument;
    }
}
