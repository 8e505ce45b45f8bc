package io.quarkiverse.posthog.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ContextNotActiveException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;
import io.quarkiverse.posthog.runtime.context.CompositeIdentityResolver.Resolver;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class RequestPostHogContextTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.context");

    private final Map<String, List<String>> headers = new HashMap<>();
    private final List<PostHogIdentityResolver> resolvers = new ArrayList<>();
    /** Null for no request. */
    private RequestScopedState state = new RequestScopedState();
    private boolean http = true;
    private boolean ended;

    @Test
    @Tag("TRH-1")
    void theHeadersOfARequestSayWhoMakesItInWhichSession() {
        browser("user-123", "session-1");

        RequestPostHogContext context = context();

        assertThat(context.distinctId()).contains("user-123");
        assertThat(context.sessionId()).contains("session-1");
    }

    @Test
    @Tag("TRH-5")
    @Tag("OVR-5")
    void outsideOfARequestNobodyIsKnown() {
        state = null;
        browser("user-123", "session-1");

        RequestPostHogContext context = context();

        assertThat(context.distinctId()).isEmpty();
        assertThat(context.data()).isEqualTo(RequestData.NONE);
    }

    /** As it does when it captures an event or evaluates a flag. */
    @Test
    @Tag("TRH-10")
    void aResolverThatNeedsTheContextItselfIsCalledOnce() {
        List<Optional<String>> seen = new ArrayList<>();
        RequestPostHogContext context = context();
        resolvers.add(() -> {
            seen.add(context.distinctId());
            return Optional.of(PostHogIdentity.of("max"));
        });

        assertThat(context.distinctId()).contains("max");
        assertThat(seen).containsExactly(Optional.empty());
    }

    /** One thread may still work for it when another one has answered it. */
    @Test
    @Tag("TRH-10")
    @Tag("CAP-9")
    void anEndedRequestKeepsItsHeaderData() {
        ended = true;
        browser("user-123", "session-1");

        assertThat(context().data().distinctId()).isEqualTo("user-123");
        http = false;
        assertThat(context().data()).isEqualTo(RequestData.NONE);
    }

    @Test
    void whereNoCdiRequestIsActiveTheHttpRequestSaysWhatItKnows() {
        state = null;
        browser("user-123", "session-1");

        for (String order : List.of("headers-first", "identity-first")) {
            RequestData data = context("identity-order", order).data(new Request());

            assertThat(data.distinctId()).isEqualTo("user-123");
            assertThat(data.sessionId()).isEqualTo("session-1");
        }
        assertThat(context("enabled", "false").data(new Request())).isEqualTo(RequestData.NONE);
        assertThat(context("tracing-headers", "false", "identity-order", "identity-first").data(new Request()).distinctId())
                .isNull();
    }

    @Test
    void anActiveCdiRequestTakesPrecedence() {
        RequestPostHogContext context = context();
        context.identify("max");

        assertThat(context.data(new Request()).distinctId()).isEqualTo("max");
    }

    @Test
    void aRequestThatIsNotHttpBeginsEmptyAndCanBeGivenAPerson() {
        http = false;
        RequestPostHogContext context = context();
        assertThat(context.data()).isEqualTo(RequestData.NONE);

        context.identify("consumer-1");
        context.setSessionId("session-9");
        context.addGroup("company", "acme");
        context.addProperty("topic", "orders");

        assertThat(context.data()).isEqualTo(new RequestData("consumer-1", "session-9", Map.of("company", "acme"),
                Map.of("topic", "orders")));
    }

    @Test
    @Tag("TRH-8")
    void theApplicationReplacesTheIdentityOfTheHeaders() {
        browser("user-123", "session-1");
        RequestPostHogContext context = context();

        context.identify("customer-7");

        assertThat(context.distinctId()).contains("customer-7");
        assertThat(context.sessionId()).contains("session-1");
        assertThat(context.properties()).containsEntry("$request_path", "/orders");
    }

    @Test
    void theApplicationCanClearThePerson() {
        browser("user-123", null);
        resolvers.add(() -> Optional.of(PostHogIdentity.of("resolved")));
        RequestPostHogContext context = context();

        context.identify(" ");

        assertThat(context.distinctId()).isEmpty();
    }

    @Test
    @Tag("TRH-8")
    void withoutHeaderTheResolversAreAskedInOrder() {
        resolvers.add(Optional::empty);
        resolvers.add(() -> Optional.of(PostHogIdentity.of("second").group("company", "acme")));
        resolvers.add(() -> Optional.of(PostHogIdentity.of("third")));

        RequestPostHogContext context = context();

        assertThat(context.distinctId()).contains("second");
        assertThat(context.groups()).containsEntry("company", "acme");
    }

    @Test
    void withAHeaderTheyAreNotAsked() {
        browser("user-123", null);
        resolvers.add(() -> {
            throw new AssertionError("asked");
        });

        assertThat(context().distinctId()).contains("user-123");
    }

    @Test
    @Tag("TRH-8")
    void theyAreAskedBeforeTheHeadersIfConfigured() {
        browser("user-123", "session-1");
        resolvers.add(() -> Optional.of(PostHogIdentity.of("logged-in")));

        RequestPostHogContext context = context("identity-order", "identity-first");

        assertThat(context.distinctId()).contains("logged-in");
        assertThat(context.sessionId()).contains("session-1");
        resolvers.clear();
        assertThat(context("identity-order", "identity-first").distinctId()).contains("user-123");
    }

    @Test
    @Tag("TRH-10")
    void aResolverThatFailsIsPassedOver() {
        resolvers.add(() -> {
            throw new IllegalStateException("no session");
        });
        resolvers.add(() -> Optional.of(PostHogIdentity.of("next")));

        assertThat(context().distinctId()).contains("next");
    }

    @Test
    @Tag("TRH-10")
    void aResolverThatCantBeCreatedIsPassedOverAndLoggedOnce() {
        AtomicBoolean broken = new AtomicBoolean(true);
        CompositeIdentityResolver resolvers = new CompositeIdentityResolver(() -> List.of(
                new Resolver("org.acme.Broken", () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no database");
                    }
                    return () -> Optional.of(PostHogIdentity.of("created"));
                }),
                new Resolver("org.acme.Next", () -> () -> Optional.of(PostHogIdentity.of("next")))));

        for (int i = 0; i < 3; i++) {
            assertThat(resolvers.resolve().orElseThrow().distinctId()).isEqualTo("next");
        }

        assertThat(log.warnings()).singleElement().asString()
                .startsWith("PostHogIdentityResolver org.acme.Broken failed");
        broken.set(false);
        assertThat(resolvers.resolve().orElseThrow().distinctId()).isEqualTo("created");
    }

    @Test
    void aPersonThatIsIdentifiedLaterIsUsedFromThenOn() {
        AtomicReference<PostHogIdentity> loggedIn = new AtomicReference<>();
        resolvers.add(() -> Optional.ofNullable(loggedIn.get()));
        RequestPostHogContext context = context();
        assertThat(context.distinctId()).isEmpty();

        loggedIn.set(PostHogIdentity.of("late"));

        assertThat(context.distinctId()).contains("late");
    }

    @Test
    void clearedItIsEmptyAndStaysSo() {
        browser("user-123", "session-1");
        resolvers.add(() -> Optional.of(PostHogIdentity.of("resolved")));
        RequestPostHogContext context = context();

        context.clear();

        assertThat(context.data()).isEqualTo(RequestData.NONE);
    }

    @Test
    void headersCountOnlyWhereTheyAreWanted() {
        browser("user-123", "session-1");

        assertThat(context("tracing-headers", "false").data())
                .isEqualTo(new RequestData(null, null, Map.of(), Map.of("$request_path", "/orders")));
        state = new RequestScopedState();
        assertThat(context("enabled", "false").data()).isEqualTo(RequestData.NONE);
    }

    @Test
    void anotherRequestKnowsNothingOfThisOne() {
        RequestPostHogContext context = context();
        context.identify("customer-7");

        state = new RequestScopedState();

        assertThat(context.distinctId()).isEmpty();
    }

    @Test
    @Tag("TRH-11")
    void aPlaceholderInTheHeadersOrOfAResolverIsNobody() {
        browser("undefined", null);
        assertThat(context().distinctId()).isEmpty();

        resolvers.add(() -> Optional.of(PostHogIdentity.of("null")));
        resolvers.add(() -> Optional.of(PostHogIdentity.of("zoe").group("company", "acme").group("team", "undefined")
                .group("office", null)));
        RequestPostHogContext context = context();

        assertThat(context.distinctId()).contains("zoe");
        assertThat(context.groups()).isEqualTo(Map.of("company", "acme"));
        assertThat(log.warnings()).hasSize(2)
                .anyMatch(line -> line.contains("returned the distinct ID 'null'"))
                .anyMatch(line -> line.contains("returned the group 'undefined' of type 'team'"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "\"undefined\"", "\u200bguest" })
    @Tag("TRH-11")
    void theApplicationCantIdentifyAPlaceholder(String id) {
        browser("user-123", null);
        RequestPostHogContext context = context();

        context.addGroup("company", "acme");
        context.identify(id);
        context.addGroup("company", id);
        context.addGroup(null, "acme");
        context.addGroup("team", null);

        assertThat(context.distinctId()).isEmpty();
        assertThat(context.groups()).isEqualTo(Map.of("company", "acme"));
        assertThat(log.warnings()).hasSize(4).allMatch(line -> line.startsWith("PostHogContext: the "));
    }

    @Test
    @Tag("TRH-12")
    void inDevModeAHeaderThatNamesAnotherPersonThanTheUserIsLoggedOnce() {
        resolvers.add(() -> Optional.of(PostHogIdentity.of("zoe")));
        browser("someone-else", null);

        inDevMode(() -> {
            RequestPostHogContext context = context();
            for (int i = 0; i < 2; i++) {
                assertThat(context.distinctId()).contains("someone-else");
                state = new RequestScopedState();
            }
        });

        assertThat(log.lines()).singleElement().asString()
                .contains("'someone-else'", "'zoe'", "quarkus.posthog.context.identity-order=identity-first");
    }

    @Test
    @Tag("TRH-12")
    void aHeaderThatNamesTheUserIsNotLogged() {
        browser("zoe", null);
        inDevMode(() -> assertThat(context().distinctId()).contains("zoe"));
        resolvers.add(() -> Optional.of(PostHogIdentity.of("zoe")));
        inDevMode(() -> assertThat(context().distinctId()).contains("zoe"));

        browser("someone-else", null);
        inDevMode(() -> assertThat(context("identity-order", "identity-first").distinctId()).contains("zoe"));
        state = new RequestScopedState();
        inDevMode(() -> assertThat(context("tracing-headers", "false").distinctId()).contains("zoe"));
        state = new RequestScopedState();
        assertThat(context().distinctId()).contains("someone-else");

        assertThat(log.lines()).isEmpty();
    }

    private static void inDevMode(Runnable test) {
        LaunchMode before = LaunchMode.current();
        LaunchMode.set(LaunchMode.DEVELOPMENT);
        try {
            test.run();
        } finally {
            LaunchMode.set(before);
        }
    }

    private void browser(String distinctId, String sessionId) {
        headers.put("X-POSTHOG-DISTINCT-ID", distinctId == null ? List.of() : List.of(distinctId));
        headers.put("X-POSTHOG-SESSION-ID", sessionId == null ? List.of() : List.of(sessionId));
    }

    private RequestScopedState active() {
        if (ended) {
            throw new ContextNotActiveException();
        }
        return state;
    }

    /** @param properties names below {@code quarkus.posthog.context.}, each followed by its value */
    private RequestPostHogContext context(String... properties) {
        Map<String, String> config = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            config.put("quarkus.posthog.context." + properties[i], properties[i + 1]);
        }
        return new RequestPostHogContext(new SmallRyeConfigBuilder().withMapping(PostHogContextConfig.class)
                .withSources(new PropertiesConfigSource(config, "test", 100)).build()
                .getConfigMapping(PostHogContextConfig.class), this::active, () -> http ? new Request() : null,
                new CompositeIdentityResolver(() -> resolvers.stream()
                        .map(resolver -> new Resolver(resolver.getClass().getName(), () -> resolver))
                        .toList()));
    }

    private final class Request implements HttpRequestInfo {

        @Override
        public List<String> header(String name) {
            return headers.getOrDefault(name, List.of());
        }

        @Override
        public boolean isAuthenticated() {
            return false;
        }

        @Override
        public Map<String, Object> properties(PropertiesConfig config) {
            return Map.of("$request_path", "/orders");
        }
    }
}
