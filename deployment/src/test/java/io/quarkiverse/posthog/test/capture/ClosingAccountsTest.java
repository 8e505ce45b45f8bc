package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;

/** Closing accounts, and the application, in the order and on the threads that come up in a server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClosingAccountsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class, Purchases.class))
            .overrideConfigKey("quarkus.posthog.capture.flush-interval", "1h");

    @Path("/purchases")
    public static class Purchases {

        @Inject
        PostHog postHog;

        @GET
        @NonBlocking
        public String purchase() {
            return postHog.capture(CaptureEvent.of("purchase", "zoe")).map(Object::toString).orElse("none");
        }
    }

    @Inject
    PostHogAccounts accounts;

    @Inject
    Vertx vertx;

    @Test
    @Order(1)
    @Tag("SHD-6")
    void anAccountThatIsClosedOnAnEventLoopDeliversWhatWaits() {
        CaptureRequests requests = new CaptureRequests().answering();
        PostHog tenant = open("tenant");
        tenant.capture(CaptureEvent.of("viewed", "zoe"));

        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> closed.complete(accounts.close("tenant")));

        assertThat(closed.join()).isTrue();
        await().until(() -> tenant.captureStatus().delivered() == 1);
        assertThat(requests.events()).hasSize(1);
    }

    @Test
    @Order(1)
    void aNameIsFreeWhenItsAccountIsClosed() {
        new CaptureRequests().answering(CaptureRequests.success().withFixedDelay(1000));
        open("slow").capture(CaptureEvent.of("viewed", "zoe"));
        vertx.getOrCreateContext().runOnContext(ignored -> accounts.close("slow"));
        await().until(() -> accounts.find("slow").isEmpty());

        assertThatThrownBy(() -> open("slow")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'slow': the account with this name is being closed");

        await().ignoreExceptions().until(() -> open("slow").account(), "slow"::equals);
        accounts.close("slow");
    }

    /** Quarkus ends the HTTP server, and whatever belongs to it, before the beans. */
    @Test
    @Order(2)
    @Tag("SHD-6")
    void theEndDeliversWhatAnEndpointWasTheFirstToCapture() {
        CaptureRequests requests = new CaptureRequests().answering();
        assertThat(RestAssured.get("/purchases").then().statusCode(200).extract().asString()).isNotEqualTo("none");
        for (String verticle : vertx.deploymentIDs()) {
            vertx.undeploy(verticle).toCompletionStage().toCompletableFuture().join();
        }

        Arc.container().instance(AccountRegistry.class).destroy();

        assertThat(requests.events()).extracting(event -> event.path("event").asText()).containsExactly("purchase");
        assertThat(open("late").capture(CaptureEvent.of("late", "zoe"))).isEmpty();
        assertThat(accounts.get("late").captureStatus().dropped(DropReason.CLOSED)).isEqualTo(1);
    }

    private PostHog open(String name) {
        return accounts.open(name, AccountSettings.create().host(URI.create(PostHogStub.url())).projectApiKey("phc_" + name)
                .set("capture.flush-interval", "1h"));
    }
}
