package io.quarkiverse.posthog.test.gating;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Gates in an application that says itself how its errors look. */
class MappedGateTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Endpoint.class, Errors.class));

    @Path("/gated")
    public static class Endpoint {

        @GET
        @FeatureGate("beta-ui")
        public String gated() {
            return "there";
        }

        @GET
        @Path("/payment")
        @FeatureGate(value = "beta-ui", status = 402)
        public String payment() {
            return "there";
        }

        /** What is not there has no mappers of its own. */
        @ServerExceptionMapper
        public Response own(NotFoundException e) {
            return Response.status(404).entity("mapped by the endpoint").build();
        }
    }

    public static class Errors {

        @ServerExceptionMapper
        public Response notFound(NotFoundException e) {
            return Response.status(404).entity("nothing here").build();
        }

        @ServerExceptionMapper
        public Response others(WebApplicationException e) {
            return Response.status(e.getResponse().getStatus()).entity("mapped").build();
        }
    }

    @Test
    @Tag("GATE-2")
    void anEndpointThatIsNotThereIsMappedLikeNothing() {
        String nothing = get("/nothing").then().statusCode(404).extract().asString();

        assertThat(nothing).isEqualTo("nothing here");
        assertThat(get("/gated").then().statusCode(404).extract().asString()).isEqualTo(nothing);
    }

    @Test
    @Tag("GATE-4")
    void anotherStatusIsMappedToo() {
        assertThat(get("/gated/payment").then().statusCode(402).extract().asString()).isEqualTo("mapped");
    }
}
