package io.quarkiverse.posthog.test.wire;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Written by serializers that Quarkus generates. */
class ReflectionFreeModelsTest extends ReturnedModels {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, ReturnedModels.class, Endpoints.class, Total.class))
            .overrideConfigKey("quarkus.rest.jackson.optimization.enable-reflection-free-serializers", "true");
}
