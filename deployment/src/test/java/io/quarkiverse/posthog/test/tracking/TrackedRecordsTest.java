package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.QuarkusUnitTest;

/** The records that are properties are registered for native executables. */
class TrackedRecordsTest {

    private static final String REGISTERED = "registered.txt";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Plan.class, Item.class, Price.class, Unused.class))
            .addBuildChainCustomizer(chain -> chain.addBuildStep(context -> {
                List<String> names = new ArrayList<>();
                context.consumeMulti(ReflectiveClassBuildItem.class).forEach(item -> names.addAll(item.getClassNames()));
                context.produce(new GeneratedResourceBuildItem(REGISTERED, String.join("\n", names).getBytes(
                        StandardCharsets.UTF_8)));
            }).consumes(ReflectiveClassBuildItem.class).produces(GeneratedResourceBuildItem.class).build());

    record Item(String product, Price price) {
    }

    record Price(double amount) {
    }

    record Unused(double amount) {
    }

    @TrackingPlan
    interface Plan {

        @TrackedEvent("ordered")
        void ordered(List<Item> items);
    }

    @Test
    @Tag("PLAN-1")
    void areRegistered() throws IOException {
        try (InputStream registered = Thread.currentThread().getContextClassLoader().getResourceAsStream(REGISTERED)) {
            assertThat(new String(registered.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .contains(Item.class.getName(), Price.class.getName()).doesNotContain(Unused.class.getName());
        }
    }
}
