package io.quarkiverse.posthog.test.openfeature;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.openfeature.PostHogProvider;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;

/** The accounts are there for users of the OpenFeature API. */
class OpenFeatureInApplicationTest {

    private static final String OTHER_KEY = "phc_otherProjectKey";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Features.class))
            .overrideConfigKey("quarkus.posthog.flags.send-feature-flag-events", "false")
            .overrideConfigKey("quarkus.posthog.\"other\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"other\".project-api-key", OTHER_KEY)
            .overrideConfigKey("quarkus.posthog.\"other\".flags.send-feature-flag-events", "false")
            .overrideConfigKey("quarkus.posthog.\"local\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"local\".project-api-key", "phc_localProjectKey")
            .overrideConfigKey("quarkus.posthog.\"local\".feature-flags-secure-api-key", "phs_localSecureKey")
            .overrideConfigKey("quarkus.posthog.\"local\".flags.send-feature-flag-events", "false")
            .setBeforeAllCustomizer(() -> PostHogStub.reset().register(get(urlPathEqualTo("/flags/definitions"))
                    .willReturn(okJson("""
                            {"flags": [{"id": 1, "key": "beta-ui", "active": true,
                              "filters": {"groups": [{"properties": [], "rollout_percentage": 100}]}}]}"""))));

    @Path("/features")
    public static class Features {

        private final Client client = OpenFeatureAPI.getInstance().getClient();

        @GET
        @Path("/blocking")
        public String blocking() {
            return describe(client.getBooleanDetails("beta-ui", false));
        }

        @GET
        @Path("/reactive")
        public Uni<String> reactive() {
            return Uni.createFrom().item(() -> describe(client.getBooleanDetails("beta-ui", false)));
        }

        @GET
        @Path("/local")
        public Uni<String> local() {
            Client local = OpenFeatureAPI.getInstance().getClient("local");
            return Uni.createFrom().item(() -> describe(local.getBooleanDetails("beta-ui", false)));
        }

        private static String describe(FlagEvaluationDetails<Boolean> details) {
            return details.getValue() + " " + details.getErrorCode();
        }
    }

    @Inject
    Event<FlagDefinitionsChangedEvent> changes;

    private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    private WireMock stub;

    @BeforeEach
    void betaUiIsOn() {
        stub = PostHogStub.reset();
        stub.register(post(urlPathEqualTo("/flags/"))
                .willReturn(okJson("{\"flags\": {\"beta-ui\": {\"key\": \"beta-ui\", \"enabled\": true}}}")));
    }

    @Test
    @Tag("OFP-11")
    void theDefaultAccountIsTheDefaultProvider() {
        Client client = api.getClient();

        assertThat(api.getProviderMetadata().getName()).isEqualTo(PostHogProvider.NAME);
        assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
        assertThat(client.getBooleanValue("beta-ui", false, new ImmutableContext("zoe"))).isTrue();
        assertThat(asked()).singleElement().satisfies(request -> assertThat(request.getBodyAsString())
                .contains(PostHogStub.PROJECT_KEY, "zoe"));
    }

    @Test
    @Tag("OFP-11")
    void aNamedAccountIsTheProviderOfTheDomainOfItsName() {
        assertThat(api.getClient("other").getBooleanValue("beta-ui", false, new ImmutableContext("zoe"))).isTrue();

        assertThat(asked()).singleElement().satisfies(
                request -> assertThat(request.getBodyAsString()).contains(OTHER_KEY));
    }

    @Test
    @Tag("OFP-1")
    @Tag("OFP-8")
    void aBlockingEndpointWaitsForPostHog() {
        assertThat(ask("blocking")).isEqualTo("true null");

        assertThat(asked()).singleElement().satisfies(
                request -> assertThat(request.getBodyAsString()).contains("zoe"));
    }

    @Test
    @Tag("OFP-8")
    void noRequestIsSentOnAnEventLoop() {
        assertThat(ask("reactive")).isEqualTo("false GENERAL");

        assertThat(asked()).isEmpty();
    }

    @Test
    @Tag("OFP-8")
    void onAnEventLoopFlagsAreEvaluatedInThisProcessFromTheStart() {
        assertThat(ask("local")).isEqualTo("true null");

        assertThat(asked()).isEmpty();
    }

    @Test
    @Tag("OFP-9")
    void changedDefinitionsAreAnEventOfTheirAccount() throws Exception {
        BlockingQueue<EventDetails> events = new LinkedBlockingQueue<>();
        api.getClient("other").onProviderConfigurationChanged(events::add);
        api.getClient().onProviderConfigurationChanged(events::add);

        changes.fireAsync(new FlagDefinitionsChangedEvent("other", Set.of("beta-ui")));

        EventDetails event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(event.getDomain()).isEqualTo("other");
        assertThat(event.getFlagsChanged()).containsExactly("beta-ui");
    }

    private static String ask(String path) {
        return RestAssured.given().header("X-POSTHOG-DISTINCT-ID", "zoe").get("/features/" + path)
                .then().statusCode(200).extract().asString();
    }

    private List<LoggedRequest> asked() {
        return stub.find(postRequestedFor(urlPathEqualTo("/flags/")));
    }
}
