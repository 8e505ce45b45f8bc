package io.quarkiverse.posthog.deployment;

import java.util.List;

import jakarta.ws.rs.core.MediaType;

import org.jboss.jandex.Type;
import org.jboss.jandex.Type.Kind;
import org.jboss.resteasy.reactive.common.processor.DefaultProducesHandler;

import io.quarkiverse.posthog.PostHog;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.resteasy.reactive.common.deployment.ServerDefaultProducesHandlerBuildItem;

/**
 * Configures endpoints that return models of the extension to respond with JSON by default. Quarkus REST does this only for
 * classes of the application. Otherwise, a {@code Multi} of these models would fail.
 */
class ReturnedModelsProcessor {

    private static final String MODELS = PostHog.class.getPackageName() + ".";

    @BuildStep
    void json(Capabilities capabilities, BuildProducer<ServerDefaultProducesHandlerBuildItem> handlers) {
        // The models have annotations of Jackson
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE_JSON_JACKSON)) {
            handlers.produce(new ServerDefaultProducesHandlerBuildItem(ReturnedModelsProcessor::mediaTypes));
        }
    }

    static List<MediaType> mediaTypes(DefaultProducesHandler.Context endpoint) {
        boolean hasDefaultType = endpoint.httpMethod() != null && endpoint.config().isDefaultProduces();
        return hasDefaultType && isModel(endpoint.nonAsyncReturnType()) ? List.of(MediaType.APPLICATION_JSON_TYPE) : List.of();
    }

    private static boolean isModel(Type type) {
        return (type.kind() == Kind.CLASS || type.kind() == Kind.PARAMETERIZED_TYPE)
                && type.name().toString().startsWith(MODELS);
    }
}
