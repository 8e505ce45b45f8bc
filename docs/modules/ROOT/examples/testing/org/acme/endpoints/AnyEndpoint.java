package org.acme.endpoints;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Requests to endpoints without functions of their own. */
@ApplicationScoped
public class AnyEndpoint {

    @Inject
    PostHog posthog;

    // tag::annotation[]
    public record Annotation(long id, String content, Instant dateMarker, boolean deleted) { // <1>
    }

    public Multi<Annotation> releases() {
        return posthog.api().get("/api/projects/{project}/annotations/") // <2>
                .query("search", "Release")
                .list(Annotation.class); // <3>
    }
    // end::annotation[]

    // tag::create[]
    public Uni<Annotation> annotate(String content, Instant time) {
        return posthog.api().post("/api/projects/{project}/annotations/")
                .body(Map.of("content", content, "date_marker", time, "scope", "project"))
                .as(Annotation.class);
    }
    // end::create[]

    // tag::delete[]
    public Uni<Annotation> delete(long id) {
        return posthog.api().patch("/api/projects/{project}/annotations/{id}/")
                .path("id", id)
                .body(Map.of("deleted", true)) // <1>
                .idempotent() // <2>
                .as(Annotation.class);
    }
    // end::delete[]

    // tag::surveys[]
    public record Question(String type, String question) {
    }

    public record Survey(String id, String name, String type, Instant startDate, List<Question> questions) {
    }

    public record NewSurvey(String name, String type, List<Question> questions) {
    }

    public Uni<Survey> ask(String question) {
        return posthog.api().post("/api/projects/{project}/surveys/")
                .body(new NewSurvey(question, "api", List.of(new Question("open", question))))
                .as(Survey.class);
    }

    public Uni<Void> end(String surveyId) {
        return posthog.api().delete("/api/projects/{project}/surveys/{id}/").path("id", surveyId)
                .send(); // <1>
    }
    // end::surveys[]

    // tag::experiments[]
    public record Experiment(long id, String name, String featureFlagKey, Instant startDate, Instant endDate) {
    }

    public Multi<Experiment> runningExperiments() {
        return posthog.api().get("/api/projects/{project}/experiments/").list(Experiment.class)
                .filter(experiment -> experiment.startDate() != null && experiment.endDate() == null);
    }
    // end::experiments[]

    // tag::actions[]
    public Uni<Page<JsonNode>> newestActions() {
        return posthog.api().get("/api/projects/{project}/actions/").limit(10)
                .page(JsonNode.class);
    }
    // end::actions[]

    // tag::early[]
    public Uni<Map<String, Object>> publish(String featureId) {
        return posthog.api().patch("/api/projects/{project}/early_access_feature/{id}/")
                .path("id", featureId)
                .body(Map.of("stage", "general-availability"))
                .asMap();
    }
    // end::early[]

    // tag::groups[]
    public record GroupType(String groupType, int groupTypeIndex) {
    }

    public record Group(String groupKey, Map<String, Object> groupProperties) {
    }

    public Multi<Group> companies() {
        return posthog.api().get("/api/projects/{project}/groups_types/").list(GroupType.class) // <1>
                .filter(type -> type.groupType().equals("company"))
                .onItem().transformToMultiAndConcatenate(type -> posthog.api().get("/api/projects/{project}/groups/")
                        .query("group_type_index", type.groupTypeIndex())
                        .list(Group.class)); // <2>
    }
    // end::groups[]

    // tag::exports[]
    public Uni<Void> pauseExports() {
        return posthog.api().get("/api/projects/{project}/batch_exports/").list(JsonNode.class)
                .filter(export -> !export.path("paused").asBoolean())
                .onItem().transformToUniAndConcatenate(export -> posthog.api()
                        .post("/api/projects/{project}/batch_exports/{id}/pause/")
                        .path("id", export.path("id").asText())
                        .send())
                .collect().last();
    }
    // end::exports[]

    // tag::recordings[]
    public record Recording(String id, String distinctId, Instant startTime, int recordingDuration) {
    }

    public Multi<Recording> latestRecordings() {
        return posthog.api().get("/api/projects/{project}/session_recordings/")
                .query("date_from", "-7d")
                .pageSize(20)
                .list(Recording.class)
                .select().first(50);
    }
    // end::recordings[]

    // tag::organization[]
    public Uni<JsonNode> organization() {
        return posthog.api().get("/api/organizations/{organization}/").as(JsonNode.class);
    }
    // end::organization[]

    // tag::masked[]
    public Uni<JsonNode> projectSettings() {
        return posthog.api().get("/api/projects/{project}/").asMaskedJson();
    }
    // end::masked[]
}
