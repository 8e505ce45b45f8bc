package io.quarkiverse.posthog.test.gating;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.impl.InstanceImpl;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Flags that are injected. */
class FlagInjectionTest {

    private static final String OTHER_KEY = "phc_otherProjectKey";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Checkout.class))
            .overrideConfigKey("quarkus.posthog.flags.send-feature-flag-events", "false")
            .overrideConfigKey("quarkus.posthog.\"other\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"other\".project-api-key", OTHER_KEY)
            .overrideConfigKey("quarkus.posthog.\"other\".flags.send-feature-flag-events", "false")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue()
                    && record.getLoggerName().equals("io.quarkiverse.posthog.flags"))
            .assertLogRecords(records -> assertThat(records).as("a warning for each account").singleElement()
                    .satisfies(record -> assertThat(record.getMessage())
                            .contains("local evaluation is disabled")));

    @ApplicationScoped
    @ActivateRequestContext
    public static class Checkout {

        @Inject
        PostHogContext context;

        @Inject
        @PostHogFlag("layout")
        Flag layout;

        @Inject
        @PostHogFlag("nonsense")
        Flag unknown;

        @Inject
        @PostHogFlag(value = "nonsense", defaultValue = true)
        Flag optimistic;

        @Inject
        @PostHogFlag(value = "nonsense", defaultValue = true)
        Instance<Boolean> optimisticLocally;

        @Inject
        @PostHogFlag("layout")
        Provider<Boolean> locally;

        private final Flag ofTheConstructor;

        @Inject
        Checkout(@PostHogFlag(value = "layout", account = "other") Flag flag) {
            this.ofTheConstructor = flag;
        }

        public Uni<String> variant(String person) {
            context.identify(person);
            return layout.variant();
        }

        public List<Object> everything(String person) {
            context.identify(person);
            FlagResult result = layout.evaluate().await().indefinitely();
            return List.of(layout.key(), layout.isEnabled().await().indefinitely(), result.variant().orElseThrow(),
                    layout.payload(Map.class).await().indefinitely());
        }

        public String otherAccount(String person) {
            context.identify(person);
            return ofTheConstructor.variant().await().indefinitely();
        }

        public List<Boolean> unknown() {
            context.identify("zoe");
            return List.of(unknown.isEnabled().await().indefinitely(), optimistic.isEnabled().await().indefinitely(),
                    unknown.variant().await().indefinitely() == null,
                    unknown.evaluate().await().indefinitely() == null);
        }

        public List<Object> locally() {
            context.identify("zoe");
            return List.of(layout.isEnabledLocally(), locally.get(), optimisticLocally.get(),
                    layout.evaluateLocally());
        }

        /** Whether what was got is remembered until this bean ends, as CDI does with some beans. */
        public boolean keeps() {
            return ((InstanceImpl<Boolean>) optimisticLocally).hasDependentInstances();
        }
    }

    @Inject
    Checkout checkout;

    private WireMock stub;

    @BeforeEach
    void aFlagWithVariantsHasAValueForEveryPerson() {
        stub = PostHogStub.reset();
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(jsonResponse("{\"flags\": {}}", 200)));
        layout("zoe", "short");
        layout("max", "long");
    }

    private void layout(String person, String variant) {
        stub.register(post(urlPathEqualTo("/flags/"))
                .withRequestBody(matchingJsonPath("$.distinct_id", equalTo(person)))
                .withRequestBody(matchingJsonPath("$.flag_keys_to_evaluate[0]", equalTo("layout")))
                .willReturn(jsonResponse("{\"flags\": {\"layout\": {\"key\": \"layout\", \"enabled\": true, "
                        + "\"variant\": \"" + variant + "\", "
                        + "\"metadata\": {\"payload\": \"{\\\"width\\\": 7}\"}}}}", 200)));
    }

    @Test
    @Tag("INJ-1")
    void aFlagIsEvaluatedForTheCurrentUser() {
        assertThat(checkout.variant("zoe").await().indefinitely()).isEqualTo("short");
        assertThat(checkout.variant("max").await().indefinitely()).isEqualTo("long");
    }

    @Test
    @Tag("INJ-1")
    void itProvidesTheCompleteResult() {
        assertThat(checkout.everything("zoe")).containsExactly("layout", true, "short", Map.of("width", 7));
    }

    @Test
    @Tag("INJ-2")
    void itCanBelongToAnotherAccount() {
        assertThat(checkout.otherAccount("zoe")).isEqualTo("short");

        assertThat(asked()).singleElement()
                .satisfies(request -> assertThat(request.getBodyAsString()).contains(OTHER_KEY));
    }

    @Test
    @Tag("INJ-2")
    void anUnknownFlagHasTheDefault() {
        assertThat(checkout.unknown()).containsExactly(false, true, true, true);
    }

    @Test
    @Tag("INJ-3")
    void localEvaluationSendsNoRequest() {
        assertThat(checkout.locally()).containsExactly(false, false, true, Optional.empty());

        assertThat(asked()).isEmpty();
    }

    @Test
    @Tag("INJ-3")
    void repeatedEvaluationsRetainNothing() {
        checkout.locally();

        assertThat(checkout.keeps()).isFalse();
    }

    private List<LoggedRequest> asked() {
        return stub.find(postRequestedFor(urlPathEqualTo("/flags/")));
    }
}
