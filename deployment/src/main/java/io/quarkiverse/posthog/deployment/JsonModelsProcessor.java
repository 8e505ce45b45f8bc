package io.quarkiverse.posthog.deployment;

import java.util.List;

import jakarta.ws.rs.core.MediaType;

import org.jboss.jandex.Type;
import org.jboss.jandex.Type.Kind;
import org.jboss.resteasy.reactive.common.processor.DefaultProducesHandler;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.runtime.flags.FlagRequest;
import io.quarkiverse.posthog.runtime.resources.StoredDefinition;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Project;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.QueryDtos.QueryRequest;
import io.quarkiverse.posthog.runtime.rest.api.QueryDtos.QueryResponse;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.resteasy.reactive.common.deployment.ServerDefaultProducesHandlerBuildItem;

/** Registers the types that Jackson reads and writes. A resource with a new model adds it to {@link #MODELS}. */
class JsonModelsProcessor {

    /** The types of requests and responses, each with the types of its properties. */
    private static final List<Class<?>> MODELS = List.of(PageResponse.class, Event.class, Person.class, FeatureFlag.class,
            Insight.class, Dashboard.class, Cohort.class, QueryRequest.class, QueryResponse.class, Key.class, Project.class,
            StoredDefinition.class, FlagRequest.class, QueryRow.class);

    private static final String PACKAGE = PostHog.class.getPackageName() + ".";

    /** Registers the models for reflection. The REST client does not, because the REST interfaces exchange bytes. */
    @BuildStep
    void reflection(BuildProducer<ReflectiveHierarchyBuildItem> types) {
        for (Class<?> model : MODELS) {
            types.produce(ReflectiveHierarchyBuildItem.builder(model).source(PostHogProcessor.FEATURE).build());
        }
    }

    /**
     * Configures endpoints that return models of the extension to respond with JSON by default. Quarkus REST does this only
     * for classes of the application. Otherwise, a {@code Multi} of these models would fail.
     */
    @BuildStep
    void returnedModels(Capabilities capabilities, BuildProducer<ServerDefaultProducesHandlerBuildItem> handlers) {
        // The models have annotations of Jackson
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE_JSON_JACKSON)) {
            handlers.produce(new ServerDefaultProducesHandlerBuildItem(JsonModelsProcessor::mediaTypes));
        }
    }

    static List<MediaType> mediaTypes(DefaultProducesHandler.Context endpoint) {
        boolean wanted = endpoint.httpMethod() != null && endpoint.config().isDefaultProduces();
        return wanted && isModel(endpoint.nonAsyncReturnType()) ? List.of(MediaType.APPLICATION_JSON_TYPE) : List.of();
    }

    private static boolean isModel(Type type) {
        return (type.kind() == Kind.CLASS || type.kind() == Kind.PARAMETERIZED_TYPE)
                && type.name().toString().startsWith(PACKAGE);
    }
}
