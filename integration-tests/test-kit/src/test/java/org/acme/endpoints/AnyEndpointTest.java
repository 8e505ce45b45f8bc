package org.acme.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.acme.endpoints.AnyEndpoint.Annotation;
import org.acme.endpoints.AnyEndpoint.Group;
import org.acme.endpoints.AnyEndpoint.Recording;
import org.acme.endpoints.AnyEndpoint.Survey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The samples of the page "Any endpoint", with the emulator. */
@QuarkusTest
class AnyEndpointTest {

    @Inject
    AnyEndpoint endpoints;

    @Inject
    PostHog posthog;

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    private static <T> List<T> all(Multi<T> items) {
        return await(items.collect().asList());
    }

    @Test
    void annotations() {
        assertThat(all(endpoints.releases())).extracting(Annotation::content)
                .contains("Release 2.5: faster search", "Release 2.4: new checkout").doesNotContain("Summer sale starts");

        Instant time = Instant.parse("2026-11-20T10:00:00Z");
        Annotation created = await(endpoints.annotate("Release 3", time));

        assertThat(created.content()).isEqualTo("Release 3");
        assertThat(created.dateMarker()).isEqualTo(time);
        assertThat(all(endpoints.releases())).extracting(Annotation::id).contains(created.id());

        assertThat(await(endpoints.delete(created.id())).deleted()).isTrue();
        assertThat(all(endpoints.releases())).extracting(Annotation::id).doesNotContain(created.id());
    }

    @Test
    @Tag("API-4")
    void listsHaveAnyNumberOfPages() {
        String content = "Deployment " + System.nanoTime() + " no. ";
        Multi.createFrom().range(0, 25).onItem()
                .transformToUniAndConcatenate(i -> endpoints.annotate(content + i, Instant.EPOCH.plusSeconds(i)))
                .collect().asList().await().atMost(Duration.ofSeconds(30));

        List<Annotation> read = all(posthog.api().get("/api/projects/{project}/annotations/").query("search", content)
                .pageSize(10).list(Annotation.class));

        assertThat(read).extracting(Annotation::content).hasSize(25).doesNotHaveDuplicates()
                .allMatch(c -> c.startsWith(content));
        assertThat(await(posthog.api().get("/api/projects/{project}/annotations/").query("search", content).limit(10)
                .page(Annotation.class).chain(page -> page.next())).items()).isEqualTo(read.subList(10, 20));
    }

    @Test
    void surveys() {
        Survey survey = await(endpoints.ask("What was missing?"));

        assertThat(survey.name()).isEqualTo("What was missing?");
        assertThat(survey.questions()).singleElement().satisfies(question -> assertThat(question.type()).isEqualTo("open"));

        await(endpoints.end(survey.id()));
        assertThatThrownBy(() -> await(posthog.api().get("/api/projects/{project}/surveys/{id}/").path("id", survey.id())
                .as(Survey.class))).isInstanceOf(PostHogNotFoundException.class).hasMessageContaining("/surveys/{id}/");
    }

    @Test
    void experiments() {
        assertThat(all(endpoints.runningExperiments())).singleElement()
                .satisfies(experiment -> assertThat(experiment.featureFlagKey()).isEqualTo("new-checkout"));
    }

    @Test
    void actions() {
        assertThat(await(endpoints.newestActions()).items()).extracting(action -> action.get("name").textValue())
                .contains("Checkout completed", "Looked at a product");
        assertThat(await(endpoints.newestActions()).total()).hasValue(2);
    }

    @Test
    void earlyAccessFeatures() {
        JsonNode feature = all(posthog.api().get("/api/projects/{project}/early_access_feature/").list(JsonNode.class)).get(0);

        assertThat(await(endpoints.publish(feature.get("id").textValue()))).containsEntry("stage", "general-availability")
                .containsEntry("name", "Wish lists");
    }

    @Test
    void groups() {
        assertThat(all(endpoints.companies())).extracting(Group::groupKey).contains("acme", "globex");
        assertThat(all(endpoints.companies()).get(0).groupProperties()).containsKey("plan");
    }

    @Test
    void batchExports() {
        await(endpoints.pauseExports());

        assertThat(all(posthog.api().get("/api/projects/{project}/batch_exports/").list(JsonNode.class)))
                .isNotEmpty().allMatch(export -> export.get("paused").booleanValue());
    }

    @Test
    @Tag("API-4")
    void sessionRecordings() {
        assertThat(all(endpoints.latestRecordings())).extracting(Recording::distinctId).containsExactly("chloe", "ben", "ada");
        assertThat(all(posthog.api().get("/api/projects/{project}/session_recordings/").pageSize(1).list(Recording.class)))
                .extracting(Recording::distinctId).containsExactly("chloe", "ben", "ada");
    }

    @Test
    @Tag("API-2")
    void organization() {
        assertThat(await(endpoints.organization()).get("name").textValue()).isEqualTo("Example");
    }

    @Test
    @Tag("API-8")
    void settingsWithoutSecrets() {
        JsonNode settings = await(endpoints.projectSettings());

        assertThat(settings.get("name").textValue()).isEqualTo("Demo Shop");
        assertThat(settings.get("api_token").textValue()).isEqualTo("***");
        assertThat(settings.toString()).doesNotContain("phc_");
    }
}
