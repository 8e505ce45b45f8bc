package io.quarkiverse.posthog.sdkadapter;

import static io.quarkiverse.posthog.sdkadapter.Required.required;

import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestQuery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.flags.FlagValue;
import io.smallrye.mutiny.Uni;

/** The interface through which PostHog's test harness drives an SDK. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class AdapterResource {

    private static final String SDK = "quarkus-posthog";
    private static final int UNPROCESSABLE = 422;

    @Inject
    Instances instances;

    @Inject
    AdapterConfig config;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    public record Done(boolean success) {
    }

    public record Captured(boolean success, UUID uuid) {
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Flushed(boolean success, long eventsFlushed) {
    }

    /** @param value null for a flag that is unknown */
    public record Evaluated(boolean success, FlagValue value) {
    }

    @GET
    @Path("/health")
    public Health health() {
        return new Health(SDK, version, version, true, config.protocol().capabilities(config.encoding()));
    }

    @POST
    @Path("/init")
    public Done init(@RestQuery("test_id") String testId, InitRequest request) {
        instances.init(testId, required("The body", request));
        return new Done(true);
    }

    @POST
    @Path("/capture")
    public Captured capture(@RestQuery("test_id") String testId, EventRequest request) {
        return captured(instances.get(testId).capture(required("The body", request).toCaptureEvent()));
    }

    @POST
    @Path("/capture_ai")
    public Captured captureAi(@RestQuery("test_id") String testId, EventRequest request) {
        return captured(instances.get(testId).captureAi(required("The body", request).toCaptureEvent()));
    }

    @POST
    @Path("/flush")
    public Uni<Flushed> flush(@RestQuery("test_id") String testId) {
        return CompleteFlush.of(instances.get(testId)).map(events -> new Flushed(true, events));
    }

    @GET
    @Path("/state")
    public State state(@RestQuery("test_id") String testId) {
        return State.of(instances.get(testId).captureStatus(), instances.requests(testId));
    }

    @POST
    @Path("/reset")
    public Done reset(@RestQuery("test_id") String testId) {
        instances.reset(testId);
        return new Done(true);
    }

    @POST
    @Path("/get_feature_flag")
    public Uni<Evaluated> featureFlag(@RestQuery("test_id") String testId, FlagRequest request) {
        return instances.get(testId)
                .getFeatureFlag(required("key", required("The body", request).key()), request.toContext())
                .map(value -> new Evaluated(true, value));
    }

    private static Captured captured(Optional<UUID> uuid) {
        return new Captured(true, uuid.orElseThrow(() -> new ClientErrorException(
                "The event was not accepted; the log has the reason", UNPROCESSABLE)));
    }
}
