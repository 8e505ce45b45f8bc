package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.test.PostHogStub;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What is read from PostHog, returned from REST endpoints that say nothing about its form. */
abstract class ReturnedModels {

    private static final String ID = "0193cccc-3333-7000-8000-000000000001";

    private static final Map<String, String> ITEMS = Map.of(
            "events", """
                    {"id": "%s", "distinct_id": "zoe", "event": "viewed", "timestamp": "2026-11-20T10:00:01.123456+00:00",
                     "properties": {"amount": 42.50}, "brand_new": 1,
                     "elements": [{"text": "Buy", "tag_name": "button", "attributes": {"attr__id": "buy"}, "order": 0}]}"""
                    .formatted(ID),
            "persons", """
                    {"id": "%s", "uuid": "%s", "name": "zoe", "distinct_ids": ["zoe"], "properties": {"plan": "pro"},
                     "created_at": "2026-03-04T09:15:30.123000Z", "is_identified": true, "brand_new": 1}""".formatted(ID, ID),
            "feature_flags",
            """
                    {"id": 12, "name": "New", "key": "new", "active": true, "version": 3, "brand_new": 1, "filters": {"groups": [
                     {"properties": [{"key": "id", "type": "cohort", "value": 5, "operator": "in"}], "rollout_percentage": 12.5}],
                     "multivariate": {"variants": [{"key": "a", "rollout_percentage": 100}]}}}""",
            "insights",
            """
                    {"id": 501, "short_id": "aB3xY9zQ", "name": "Orders", "query": {"kind": "InsightVizNode"}, "brand_new": 1,
                     "result": [{"label": "order placed", "data": [1, 2, 3]}], "created_by": {"id": 7, "email": "zoe@acme.test"}}""",
            "dashboards", """
                    {"id": 9, "name": "Shop", "tiles": [{"id": 1001, "insight": {"id": 501}}], "brand_new": 1}""",
            "cohorts", """
                    {"id": 55, "name": "Beta", "count": 120, "cohort_type": "person_property", "brand_new": 1}""");

    private static final String ROWS = """
            {"columns": ["event", "total", "day"], "types": [["event", "String"], ["total", "UInt64"], ["day", "Date"]],
             "results": [["viewed", 3, "2026-11-20"], ["bought", 1, "2026-11-21"]], "hasMore": false}""";

    private final ObjectMapper mapper = new ObjectMapper();
    private WireMock stub;

    /** Without {@code @Produces}, as most endpoints are. */
    @Path("models")
    public static class Endpoints {

        @Inject
        PostHog posthog;

        @GET
        @Path("events")
        public Multi<Event> events() {
            return posthog.events().list(EventQuery.create().after(Instant.parse("2026-11-20T00:00:00Z"))
                    .before(Instant.parse("2026-11-21T00:00:00Z")));
        }

        @GET
        @Path("events/one")
        public Uni<Event> event() {
            return posthog.events().get(UUID.fromString(ID));
        }

        @GET
        @Path("persons")
        public Multi<Person> persons() {
            return posthog.persons().list();
        }

        @GET
        @Path("persons/one")
        public Uni<Person> person() {
            return posthog.persons().get(UUID.fromString(ID));
        }

        @GET
        @Path("persons/page")
        public Uni<Page<Person>> page() {
            return posthog.persons().page(PersonQuery.create());
        }

        @GET
        @Path("persons/all")
        public Uni<List<Person>> allPersons() {
            return posthog.persons().list().collect().asList();
        }

        @GET
        @Path("feature_flags")
        public Multi<FeatureFlag> flags() {
            return posthog.featureFlags().list();
        }

        @GET
        @Path("feature_flags/one")
        public Uni<FeatureFlag> flag() {
            return posthog.featureFlags().get(12);
        }

        @GET
        @Path("insights")
        public Multi<Insight> insights() {
            return posthog.insights().list(InsightQuery.create());
        }

        @GET
        @Path("insights/one")
        public Uni<Insight> insight() {
            return posthog.insights().get(501);
        }

        @GET
        @Path("dashboards")
        public Multi<Dashboard> dashboards() {
            return posthog.dashboards().list();
        }

        @GET
        @Path("dashboards/one")
        public Uni<Dashboard> dashboard() {
            return posthog.dashboards().get(9);
        }

        @GET
        @Path("cohorts")
        public Multi<Cohort> cohorts() {
            return posthog.cohorts().list();
        }

        @GET
        @Path("cohorts/one")
        public Uni<Cohort> cohort() {
            return posthog.cohorts().get(55);
        }

        @GET
        @Path("rows")
        public Multi<QueryRow> rows() {
            return posthog.queryRows("select event, count() as total, day from events limit 10");
        }

        @GET
        @Path("rows/one")
        public Uni<QueryRow> row() {
            return rows().toUni();
        }

        @GET
        @Path("rows/result")
        public Uni<QueryResult> result() {
            return posthog.query(HogQLQuery.of("select event, count() as total, day from events limit 10"));
        }

        @GET
        @Path("rows/records")
        public Multi<Total> records() {
            return posthog.queryAs("select event, count() as total, day from events limit 10", Total.class);
        }

        @GET
        @Path("other/capture")
        public CaptureStatus capture() {
            return posthog.captureStatus();
        }

        @GET
        @Path("other/check")
        public Uni<CheckReport> check() {
            return posthog.check();
        }

        @GET
        @Path("other/definitions")
        public FlagDefinitionsStatus definitions() {
            return posthog.flagDefinitionsStatus();
        }

        @GET
        @Path("other/flag/{key}")
        public Uni<FlagResult> result(@PathParam("key") String key) {
            return posthog.getFeatureFlagResult(key, "zoe");
        }

        @GET
        @Path("value/{key}")
        public Uni<FlagValue> value(@PathParam("key") String key) {
            return posthog.getFeatureFlag(key, "zoe");
        }
    }

    public record Total(String event, long total, LocalDate day) {
    }

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(jsonResponse("""
                {"flags": {"beta": {"key": "beta", "enabled": true, "variant": "blue"}}}""", 200)));
        stub.register(post(PostHogStub.path("/query/"))
                .willReturn(jsonResponse(ROWS, 200)));
        ITEMS.forEach((resource, item) -> {
            stub.register(get(urlPathEqualTo(PostHogStub.path("/" + resource + "/"))).willReturn(
                    jsonResponse("{\"count\": 1, \"next\": null, \"results\": [" + item + "]}", 200)));
            Stream.of(ID, "12", "501", "9", "55").forEach(id -> stub.register(
                    get(urlPathEqualTo(PostHogStub.path("/" + resource + "/" + id + "/")))
                            .willReturn(jsonResponse(item, 200))));
        });
    }

    @ParameterizedTest
    @CsvSource({ "events,/event,viewed", "persons,/name,zoe", "feature_flags,/key,new", "insights,/short_id,aB3xY9zQ",
            "dashboards,/name,Shop", "cohorts,/name,Beta" })
    @Tag("RDG-6")
    void eachModelIsJson(String resource, String field, String value) throws IOException {
        JsonNode one = json("/models/" + resource + "/one");
        JsonNode list = json("/models/" + resource);

        assertThat(one.at(field).asText()).isEqualTo(value);
        assertThat(one.path("brand_new").asInt()).isEqualTo(1);
        assertThat(list).containsExactly(one);
    }

    @Test
    @Tag("RDG-6")
    void listsAndPagesAreArrays() throws IOException {
        JsonNode one = json("/models/persons/one");

        assertThat(json("/models/persons/page")).containsExactly(one);
        assertThat(json("/models/persons/all")).containsExactly(one);
    }

    @Test
    @Tag("RDG-5")
    @Tag("RDG-6")
    void aRowIsAnObjectOfItsColumns() throws IOException {
        JsonNode rows = mapper.readTree(
                """
                        [{"event": "viewed", "total": 3, "day": "2026-11-20"}, {"event": "bought", "total": 1, "day": "2026-11-21"}]""");

        assertThat(json("/models/rows")).isEqualTo(rows);
        assertThat(json("/models/rows/one")).isEqualTo(rows.get(0));
        assertThat(json("/models/rows/result").path("rows")).isEqualTo(rows);
        assertThat(json("/models/rows/records")).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = { "capture", "check", "definitions", "flag/beta" })
    @Tag("RDG-6")
    void everythingElseIsAnObject(String path) throws IOException {
        assertThat(json("/models/other/" + path).isObject()).isTrue();
    }

    @Test
    @Tag("RDG-6")
    void theValueOfAFlagIsItsVariant() throws IOException {
        assertThat(json("/models/value/beta").asText()).isEqualTo("blue");
    }

    private JsonNode json(String path) throws IOException {
        return mapper.readTree(when().get(path).then().statusCode(200).contentType("application/json").extract().asByteArray());
    }
}
