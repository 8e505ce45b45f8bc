package io.quarkiverse.posthog.test.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The types to which responses are converted are registered for native executables. */
class EndpointModelsTest {

    private static final String REGISTERED = "registered.txt";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(
                    root -> root.addClasses(PostHogStub.class, Requests.class, Listed.class, Nested.class, Got.class,
                            Paged.class, Created.class, Unused.class))
            .addBuildChainCustomizer(chain -> chain.addBuildStep(context -> {
                List<String> names = new ArrayList<>();
                context.consumeMulti(ReflectiveClassBuildItem.class).forEach(item -> names.addAll(item.getClassNames()));
                context.produce(new GeneratedResourceBuildItem(REGISTERED, String.join("\n", names).getBytes(
                        StandardCharsets.UTF_8)));
            }).consumes(ReflectiveClassBuildItem.class).produces(GeneratedResourceBuildItem.class).build());

    public record Listed(long id, Nested nested) {
    }

    public record Nested(String name) {
    }

    public record Got(long id) {
    }

    public record Paged(long id) {
    }

    public record Created(long id) {
    }

    public record Unused(long id) {
    }

    @Singleton
    public static class Requests {

        @Inject
        PostHog postHog;

        Multi<Listed> list() {
            return postHog.api().get("/api/projects/{project}/annotations/").query("search", "x").list(Listed.class);
        }

        Uni<Got> get() {
            return Uni.createFrom().voidItem().chain(() -> postHog.api().get("/api/users/@me/").as(Got.class));
        }

        Uni<Page<Paged>> page() {
            return postHog.api().get("/api/projects/{project}/annotations/").page(Paged.class);
        }

        Uni<Created> create() {
            return postHog.api().post("/api/projects/{project}/annotations/").body("x").as(Created.class);
        }

        Class<?> unused() {
            return Unused.class;
        }
    }

    @Test
    @Tag("API-9")
    void registersTheTypesOfResponses() throws IOException {
        try (InputStream registered = Thread.currentThread().getContextClassLoader().getResourceAsStream(REGISTERED)) {
            assertThat(new String(registered.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .contains(Listed.class.getName(), Nested.class.getName(), Got.class.getName(), Paged.class.getName(),
                            Created.class.getName())
                    .doesNotContain(Unused.class.getName());
        }
    }
}
