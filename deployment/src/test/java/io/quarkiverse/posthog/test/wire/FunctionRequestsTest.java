package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.PropertyOperator;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.cohorts.CohortType;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventOrder;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagState;
import io.quarkiverse.posthog.featureflags.FeatureFlagType;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.InsightType;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What each function sends, and what it makes of a complete answer. */
class FunctionRequestsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application();

    private static final String UUID_TEXT = "0192bbbb-2222-7000-8000-000000000001";
    private static final String USER = """
            {"id": 77, "uuid": "0191c0de-1111-7000-8000-00000000a001", "distinct_id": "u_77", "first_name": "Ada",
             "last_name": "Novak", "email": "ada@example.test", "hedgehog_config": null}""";
    private static final String EVENT = """
            {"id": "%s", "distinct_id": "user-1", "event": "$autocapture", "timestamp": "2026-11-20T10:00:01.123456+00:00",
             "properties": {"plan": "pro", "amount": 42.50, "tags": ["a"], "broken": null},
             "person": {"is_identified": true, "distinct_ids": ["user-1"], "properties": {"email": "lea@example.test"}},
             "elements": [{"event": null, "text": "Buy", "tag_name": "button", "attr_class": ["primary"], "href": null,
                           "attr_id": "buy", "nth_child": 1, "nth_of_type": 2, "attributes": {"attr__id": "buy"}, "order": 0}],
             "elements_chain": "button.primary", "brand_new": 1}""".formatted(UUID_TEXT);
    private static final String PERSON = """
            {"type": "person", "id": "%s", "uuid": "%s", "created_at": "2026-03-04T09:15:30.123000Z", "last_seen_at": null,
             "properties": {"email": "lea@example.test"}, "is_identified": true, "name": "lea@example.test",
             "distinct_ids": ["user-1", "anon-1"], "matched_recordings": [], "value_at_data_point": null}"""
            .formatted(UUID_TEXT, UUID_TEXT);
    private static final String FLAG = """
            {"id": 12, "name": "New checkout", "key": "checkout", "deleted": false, "active": true, "archived": false,
             "filters": {"groups": [{"properties": [{"key": "id", "type": "cohort", "value": 55, "operator": "in"}],
                                     "rollout_percentage": 12.5, "variant": "test"},
                                    {"properties": [], "rollout_percentage": 20}],
                         "multivariate": {"variants": [{"key": "control", "name": "", "rollout_percentage": 50},
                                                       {"key": "test", "name": "Shiny", "rollout_percentage": 50}]},
                         "payloads": {"test": "{\\"color\\": \\"green\\"}"}, "holdout": {"id": 4}},
             "created_by": %s, "created_at": "2026-05-01T08:00:00.000000Z", "updated_at": "2026-05-02T08:00:00Z",
             "version": 3, "last_modified_by": %s, "ensure_experience_continuity": false, "experiment_set": [301],
             "tags": ["backend"], "is_remote_configuration": false, "has_encrypted_payloads": false, "status": "ACTIVE",
             "evaluation_runtime": "all", "bucketing_identifier": "distinct_id", "last_called_at": null,
             "can_edit": true}""".formatted(USER, USER);
    private static final String INSIGHT = """
            {"id": 501, "short_id": "aB3xY9zQ", "name": "Weekly orders", "derived_name": null, "description": "",
             "query": {"kind": "InsightVizNode"}, "deleted": false, "dashboards": [9], "tags": ["orders"], "favorited": true,
             "last_refresh": "2026-11-23T06:00:00.000000Z", "result": [{"label": "order placed", "data": [1, 2, 3]}],
             "hasMore": true, "columns": null, "is_cached": true, "created_at": "2026-06-01T00:00:00Z", "created_by": %s,
             "last_modified_at": "2026-06-02T00:00:00Z", "last_modified_by": null, "timezone": "UTC"}""".formatted(USER);
    private static final String DASHBOARD = """
            {"id": 9, "name": "Shop", "description": "", "pinned": true, "created_at": "2026-06-01T00:00:00Z",
             "created_by": %s, "last_accessed_at": "2026-11-22T00:00:00Z", "is_shared": false, "deleted": false, "tags": [],
             "filters": {"date_from": "-7d"}, "team_id": 4242,
             "tiles": [{"id": 1001, "insight": %s, "text": null, "layouts": {"sm": {"x": 0, "w": 6}}, "order": 1},
                       {"id": 1002, "insight": null, "text": {"id": 3, "body": "# Hello", "created_by": null}},
                       {"id": 1003, "insight": null, "widget": {"id": 5, "widget_type": "logs"}, "color": "blue"}]}"""
            .formatted(USER, INSIGHT);
    private static final String COHORT = """
            {"id": 55, "name": "Beta users", "description": "", "groups": [], "deleted": false, "query": null,
             "filters": {"properties": {"type": "OR", "values": []}}, "version": 7, "is_calculating": false,
             "created_by": %s, "created_at": "2026-02-02T00:00:00Z", "last_calculation": "2026-11-23T03:00:00Z",
             "count": 120, "is_static": false, "cohort_type": "person_property"}""".formatted(USER);

    @Inject
    PostHog postHog;

    @Inject
    ObjectMapper mapper;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    // Events

    @Test
    void eventsList() {
        answer("{\"next\": null, \"results\": [" + EVENT + "]}");

        List<Event> events = items(postHog.events().list(EventQuery.create().event("$autocapture").distinctId("user 1")
                .personId(UUID.fromString(UUID_TEXT)).after(Instant.parse("2026-11-20T00:00:00Z"))
                .before(Instant.parse("2026-11-21T00:00:00.1234567Z")).order(EventOrder.ASCENDING).includePerson(true)
                .property(PropertyFilter.event("plan", PropertyOperator.ICONTAINS, "p&r")).pageSize(250)));

        LoggedRequest request = read("GET", "/events/");
        assertThat(parameters(request)).containsExactlyInAnyOrderEntriesOf(Map.of("event", "$autocapture",
                "distinct_id", "user 1", "person_id", UUID_TEXT, "after", "2026-11-20T00:00:00Z",
                // The bounds are exclusive, and PostHog counts in microseconds
                "before", "2026-11-21T00:00:00.123457Z", "orderBy", "[\"timestamp\"]", "include_person", "true", "limit", "250",
                "properties", "[{\"key\":\"plan\",\"value\":\"p&r\",\"type\":\"event\",\"operator\":\"icontains\"}]"));
        checkEvent(events.get(0));
        assertThat(events).hasSize(1);
    }

    @Test
    void eventsListNewestFirstByDefaultOverADay() {
        answer("{\"next\": null, \"results\": []}");

        assertThat(items(postHog.events().list())).isEmpty();

        Map<String, String> parameters = parameters(read("GET", "/events/"));
        assertThat(parameters).containsOnlyKeys("after", "before", "orderBy", "limit")
                .containsEntry("orderBy", "[\"-timestamp\"]").containsEntry("limit", "100");
        Instant before = Instant.parse(parameters.get("before"));
        assertThat(before).isBetween(Instant.now(), Instant.now().plusSeconds(6));
        assertThat(Duration.between(Instant.parse(parameters.get("after")), before)).isBetween(Duration.ofHours(24),
                Duration.ofHours(24).plusNanos(1000));
    }

    @Test
    void eventsPage() {
        answer("{\"next\": \"https://us.posthog.com/api/projects/4242/events/?before=x\", \"results\": [" + EVENT + "]}");

        Page<Event> page = item(postHog.events().page(EventQuery.create().limit(5).offset(10)));

        assertThat(parameters(read("GET", "/events/"))).containsExactlyInAnyOrderEntriesOf(
                Map.of("limit", "5", "offset", "10", "orderBy", "[\"-timestamp\"]"));
        assertThat(page.items()).hasSize(1);
        assertThat(page.hasNext()).isTrue();
        assertThat(page.total()).isEmpty();
    }

    @Test
    void eventsOutsideTheWindow() {
        EventQuery afterTheEvent = EventQuery.create().after(Instant.parse("2026-11-20T10:00:02Z"));
        for (Supplier<Uni<?>> request : List.<Supplier<Uni<?>>> of(() -> postHog.events().page(afterTheEvent),
                () -> postHog.events().list(afterTheEvent).collect().asList())) {
            answer("{\"next\": null, \"results\": [" + EVENT + "]}");

            assertThatThrownBy(() -> item(request.get())).isInstanceOf(PostHogResponseException.class)
                    .hasMessageContaining("event " + UUID_TEXT + " with the timestamp 2026-11-20T10:00:01.123456Z")
                    .hasMessageContaining("after 2026-11-20T10:00:02Z").hasMessageContaining("time zone");
        }
    }

    @Test
    void eventsListLimitAsLargeAsItGets() {
        answer("{\"next\": null, \"results\": []}");

        items(postHog.events().list(EventQuery.create().limit(Integer.MAX_VALUE).offset(5)));

        assertThat(parameters(read("GET", "/events/"))).containsEntry("limit", "100");
    }

    @Test
    void eventsGet() {
        answer(EVENT);

        Event event = item(postHog.events().get(UUID.fromString(UUID_TEXT)));

        assertThat(parameters(read("GET", "/events/" + UUID_TEXT + "/"))).isEqualTo(Map.of("include_person", "true"));
        checkEvent(event);
    }

    private static void checkEvent(Event event) {
        assertThat(event.id()).isEqualTo(UUID.fromString(UUID_TEXT));
        assertThat(event.event()).isEqualTo("$autocapture");
        assertThat(event.distinctId()).isEqualTo("user-1");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-11-20T10:00:01.123456Z"));
        assertThat(event.properties()).containsEntry("amount", new BigDecimal("42.50")).containsEntry("tags", List.of("a"))
                .containsEntry("broken", null);
        assertThat(event.person().isIdentified()).isTrue();
        assertThat(event.person().distinctIds()).containsExactly("user-1");
        assertThat(event.person().properties()).containsEntry("email", "lea@example.test");
        assertThat(event.elements()).singleElement().satisfies(element -> {
            assertThat(element.text()).isEqualTo("Buy");
            assertThat(element.attrClass()).containsExactly("primary");
            assertThat(element.nthOfType()).isEqualTo(2);
        });
        assertThat(event.elementsChain()).isEqualTo("button.primary");
        assertThat(event.additionalProperties()).containsEntry("brand_new", 1);
    }

    // Persons

    @Test
    void personsList() {
        answer("{\"results\": [" + PERSON + "], \"next\": null, \"previous\": null}");

        List<Person> persons = items(postHog.persons().list(PersonQuery.create().search("lea").distinctId("user-1")
                .email("lea+x@example.test").property(PropertyFilter.person("plan", List.of("pro", "free"))).limit(30)
                .offset(60)));

        assertThat(parameters(read("GET", "/persons/"))).containsExactlyInAnyOrderEntriesOf(Map.of("search", "lea",
                "distinct_id", "user-1", "email", "lea+x@example.test", "limit", "30", "offset", "60", "properties",
                "[{\"key\":\"plan\",\"value\":[\"pro\",\"free\"],\"type\":\"person\",\"operator\":\"exact\"}]"));
        checkPerson(persons.get(0));
        assertThat(persons.get(0).numericId()).isNull();
    }

    @Test
    void personsPage() {
        answer("{\"count\": 7, \"results\": [" + PERSON + "], \"next\": null, \"previous\": null}");

        assertThat(item(postHog.persons().page(PersonQuery.create())).total()).hasValue(7);

        assertThat(parameters(read("GET", "/persons/"))).isEqualTo(Map.of("limit", "100"));
    }

    @Test
    void personsGet() {
        answer(PERSON.replace("\"id\": \"" + UUID_TEXT + "\"", "\"id\": 981234567"));

        Person person = item(postHog.persons().get(UUID.fromString(UUID_TEXT)));

        assertThat(parameters(read("GET", "/persons/" + UUID_TEXT + "/"))).isEmpty();
        checkPerson(person);
        assertThat(person.numericId()).isEqualTo(981234567);
    }

    @Test
    void personsGetByNumericId() {
        answer(PERSON);

        checkPerson(item(postHog.persons().get(981234567)));

        read("GET", "/persons/981234567/");
    }

    private static void checkPerson(Person person) {
        assertThat(person.uuid()).isEqualTo(UUID.fromString(UUID_TEXT));
        assertThat(person.name()).isEqualTo("lea@example.test");
        assertThat(person.distinctIds()).containsExactly("user-1", "anon-1");
        assertThat(person.properties()).isEqualTo(Map.of("email", "lea@example.test"));
        assertThat(person.createdAt()).isEqualTo(Instant.parse("2026-03-04T09:15:30.123Z"));
        assertThat(person.lastSeenAt()).isNull();
        assertThat(person.isIdentified()).isTrue();
    }

    // Feature flags

    @Test
    void featureFlagsList() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [" + FLAG + "]}");

        List<FeatureFlag> flags = items(postHog.featureFlags().list(FeatureFlagQuery.create().search("check")
                .state(FeatureFlagState.STALE).type(FeatureFlagType.REMOTE_CONFIG).tag("a").tag("b\"c").archived(true)));

        assertThat(parameters(read("GET", "/feature_flags/"))).containsExactlyInAnyOrderEntriesOf(Map.of("search", "check",
                "active", "STALE", "type", "remote_config", "tags", "[\"a\",\"b\\\"c\"]", "archived", "true", "limit", "100"));
        checkFlag(flags.get(0));
    }

    @Test
    void featureFlagsPage() {
        answer("{\"count\": 31, \"next\": \"/?offset=10\", \"previous\": null, \"results\": [" + FLAG + "]}");

        Page<FeatureFlag> page = item(postHog.featureFlags().page(FeatureFlagQuery.create().active(true).limit(10)));

        assertThat(parameters(read("GET", "/feature_flags/"))).isEqualTo(Map.of("active", "true", "limit", "10"));
        assertThat(page.total()).hasValue(31);
        assertThat(page.hasNext()).isTrue();
    }

    @Test
    void featureFlagsGet() {
        answer(FLAG);

        checkFlag(item(postHog.featureFlags().get(12)));

        assertThat(parameters(read("GET", "/feature_flags/12/"))).isEmpty();
    }

    @Test
    void featureFlagsGetByKey() {
        answer("{\"count\": 2, \"next\": null, \"results\": [" + FLAG.replace("\"checkout\"", "\"Checkout\"") + ", "
                + FLAG.replace("\"id\": 12", "\"id\": 13") + "]}");

        assertThat(item(postHog.featureFlags().get("checkout")).id()).isEqualTo(13);

        assertThat(parameters(read("GET", "/feature_flags/"))).isEqualTo(
                Map.of("key", "checkout", "search", "checkout", "limit", "100"));
    }

    @Test
    void featureFlagsGetByKeyLooksAtArchivedOnesToo() {
        answer("{\"count\": 0, \"next\": null, \"results\": []}");

        assertThatThrownBy(() -> item(postHog.featureFlags().get("gone"))).isInstanceOf(PostHogNotFoundException.class)
                .hasMessageContaining("No feature flag has the key 'gone'.");

        List<LoggedRequest> requests = stub.find(anyRequestedFor(anyUrl()));
        assertThat(requests).hasSize(2);
        assertThat(requests.stream().filter(it -> "true".equals(parameters(it).get("archived")))).hasSize(1);
    }

    @Test
    void featureFlagsGetByBlankKeyAsksNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> item(postHog.featureFlags().get(" ")));
        assertThat(stub.find(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void featureFlagsCreate() {
        stub.register(any(anyUrl()).willReturn(jsonResponse(FLAG, 201)));

        checkFlag(item(postHog.featureFlags().create(NewFeatureFlag.of("checkout", "New checkout").rollout(30).tag("shop"))));

        assertBody(write("POST", "/feature_flags/"), """
                {"key": "checkout", "name": "New checkout", "active": true, "ensure_experience_continuity": false,
                 "tags": ["shop"],
                 "filters": {"groups": [{"properties": [], "rollout_percentage": 30}], "payloads": {}}}""");
    }

    @Test
    void featureFlagsUpdate() {
        answer(FLAG);

        checkFlag(item(postHog.featureFlags().update(12, FeatureFlagUpdate.create().active(false).tags(List.of()))));

        assertBody(write("PATCH", "/feature_flags/12/"), "{\"active\": false, \"tags\": []}");
    }

    @Test
    void featureFlagsUpdateRollout() {
        answer(FLAG);

        item(postHog.featureFlags().update(12, FeatureFlagUpdate.create().rollout(75)));

        List<LoggedRequest> requests = stub.find(anyRequestedFor(anyUrl()));
        assertThat(requests).extracting(it -> it.getMethod().getName()).containsExactlyInAnyOrder("GET", "PATCH");
        LoggedRequest patch = requests.stream().filter(it -> it.getMethod().getName().equals("PATCH")).findFirst()
                .orElseThrow();
        assertBody(patch, """
                {"filters": {"groups": [{"properties": [{"key": "id", "type": "cohort", "value": 55, "operator": "in"}],
                                         "rollout_percentage": 12.5, "variant": "test"},
                                        {"properties": [], "rollout_percentage": 75}],
                             "multivariate": {"variants": [{"key": "control", "name": "", "rollout_percentage": 50},
                                                           {"key": "test", "name": "Shiny", "rollout_percentage": 50}]},
                             "payloads": {"test": "{\\"color\\": \\"green\\"}"}, "holdout": {"id": 4}}}""");
    }

    @Test
    void featureFlagsDelete() {
        answer(FLAG.replace("\"deleted\": false", "\"deleted\": true"));

        assertThat(item(postHog.featureFlags().delete(12)).deleted()).isTrue();

        assertBody(write("PATCH", "/feature_flags/12/"), "{\"deleted\": true}");
    }

    @Test
    void featureFlagsRestore() {
        answer(FLAG);

        checkFlag(item(postHog.featureFlags().restore(12)));

        assertBody(write("PATCH", "/feature_flags/12/"), "{\"deleted\": false}");
    }

    private static void checkFlag(FeatureFlag flag) {
        assertThat(flag.id()).isEqualTo(12);
        assertThat(flag.key()).isEqualTo("checkout");
        assertThat(flag.name()).isEqualTo("New checkout");
        assertThat(flag.version()).isEqualTo(3);
        assertThat(flag.active()).isTrue();
        assertThat(flag.filters().groups()).extracting("rolloutPercentage").containsExactly(12.5, 20.0);
        assertThat(flag.filters().multivariate().variants()).extracting("key").containsExactly("control", "test");
        assertThat(flag.filters().payloadAs("test", Map.class)).hasValue(Map.of("color", "green"));
        assertThat(flag.filters().additionalProperties()).containsKey("holdout");
        assertThat(flag.createdBy().email()).isEqualTo("ada@example.test");
        assertThat(flag.updatedAt()).isEqualTo(Instant.parse("2026-05-02T08:00:00Z"));
        assertThat(flag.experimentSet()).containsExactly(301L);
        assertThat(flag.tags()).containsExactly("backend");
    }

    // Insights

    @Test
    void insightsList() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [" + INSIGHT + "]}");
        Instant day = Instant.parse("2026-11-01T00:00:00Z");

        List<Insight> insights = items(postHog.insights().list(InsightQuery.create().type(InsightType.FUNNELS).search("orders")
                .saved(true).favorited(true).tag("a").modified(day, day.plusSeconds(1)).created(day.plusSeconds(2),
                        day.plusSeconds(3))));

        Map<String, String> expected = new LinkedHashMap<>(Map.of("insight", "FUNNELS", "search", "orders", "saved", "true",
                "favorited", "true", "tags", "[\"a\"]", "date_from", "2026-11-01T00:00:00Z", "date_to",
                "2026-11-01T00:00:01Z", "created_date_from", "2026-11-01T00:00:02Z", "created_date_to",
                "2026-11-01T00:00:03Z", "basic", "true"));
        expected.put("limit", "100");
        assertThat(parameters(read("GET", "/insights/"))).isEqualTo(expected);
        checkInsight(insights.get(0));
    }

    @Test
    void insightsPageWithResults() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [" + INSIGHT + "]}");

        checkInsight(item(postHog.insights().page(InsightQuery.create().includeResults(true))).items().get(0));

        assertThat(parameters(read("GET", "/insights/"))).isEqualTo(Map.of("limit", "100"));
    }

    @Test
    void insightsGet() {
        answer(INSIGHT);

        checkInsight(item(postHog.insights().get(501)));

        assertThat(parameters(read("GET", "/insights/501/"))).isEqualTo(Map.of("refresh", "force_cache"));
    }

    @Test
    void insightsGetByShortId() {
        answer(INSIGHT);

        checkInsight(item(postHog.insights().get("aB3xY9zQ", QueryRefresh.BLOCKING)));

        assertThat(parameters(read("GET", "/insights/aB3xY9zQ/"))).isEqualTo(Map.of("refresh", "blocking"));
    }

    /** An id that somebody typed must not lead to another resource. */
    @Test
    void insightsGetByAnIdThatIsNone() {
        answer(INSIGHT);

        Uni<Insight> elsewhere = postHog.insights().get("../persons/1?x=#y");
        item(postHog.insights().get("persons 1?x=#y"));

        assertThatThrownBy(() -> item(elsewhere)).isInstanceOf(IllegalArgumentException.class);
        assertThat(only().getUrl()).startsWith(PostHogStub.path("/insights/persons%201%3Fx")).endsWith("refresh=force_cache");
    }

    private static void checkInsight(Insight insight) {
        assertThat(insight.id()).isEqualTo(501);
        assertThat(insight.shortId()).isEqualTo("aB3xY9zQ");
        assertThat(insight.name()).isEqualTo("Weekly orders");
        assertThat(insight.query().path("kind").asText()).isEqualTo("InsightVizNode");
        assertThat(insight.result().at("/0/data/2").asInt()).isEqualTo(3);
        assertThat(insight.hasMore()).isTrue();
        assertThat(insight.isCached()).isTrue();
        assertThat(insight.favorited()).isTrue();
        assertThat(insight.dashboards()).containsExactly(9L);
        assertThat(insight.lastRefresh()).isEqualTo(Instant.parse("2026-11-23T06:00:00Z"));
        assertThat(insight.createdBy().firstName()).isEqualTo("Ada");
        assertThat(insight.additionalProperties()).containsEntry("timezone", "UTC");
    }

    // Dashboards

    @Test
    void dashboardsList() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [{\"id\": 9, \"name\": \"Shop\"}]}");

        List<Dashboard> dashboards = items(postHog.dashboards().list(DashboardQuery.create().search("sh op").pageSize(20)));

        assertThat(parameters(read("GET", "/dashboards/"))).isEqualTo(Map.of("search", "sh op", "limit", "20"));
        assertThat(dashboards).singleElement().satisfies(it -> assertThat(it.tiles()).isEmpty());
    }

    @Test
    void dashboardsPage() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [" + DASHBOARD + "]}");

        checkDashboard(item(postHog.dashboards().page(DashboardQuery.create())).items().get(0));

        assertThat(parameters(read("GET", "/dashboards/"))).isEqualTo(Map.of("limit", "100"));
    }

    @Test
    void dashboardsGet() {
        answer(DASHBOARD);

        checkDashboard(item(postHog.dashboards().get(9)));

        assertThat(parameters(read("GET", "/dashboards/9/"))).isEmpty();
    }

    private static void checkDashboard(Dashboard dashboard) {
        assertThat(dashboard.id()).isEqualTo(9);
        assertThat(dashboard.name()).isEqualTo("Shop");
        assertThat(dashboard.pinned()).isTrue();
        assertThat(dashboard.filters()).isEqualTo(Map.of("date_from", "-7d"));
        assertThat(dashboard.tiles()).hasSize(3);
        checkInsight(dashboard.tiles().get(0).insight());
        assertThat(dashboard.tiles().get(1).text().body()).isEqualTo("# Hello");
        assertThat(dashboard.tiles().get(2).widget()).containsEntry("widget_type", "logs");
        assertThat(dashboard.additionalProperties()).containsEntry("team_id", 4242);
    }

    // Cohorts

    @Test
    void cohortsList() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [" + COHORT + "]}");

        checkCohort(items(postHog.cohorts().list(CohortQuery.create().search("beta").type(CohortType.DYNAMIC))).get(0));

        assertThat(parameters(read("GET", "/cohorts/"))).isEqualTo(Map.of("search", "beta", "type", "dynamic", "limit", "100"));
    }

    @Test
    void cohortsPage() {
        answer("{\"count\": 1, \"next\": null, \"previous\": null, \"results\": [" + COHORT + "]}");

        checkCohort(item(postHog.cohorts().page(CohortQuery.create().offset(3))).items().get(0));

        assertThat(parameters(read("GET", "/cohorts/"))).isEqualTo(Map.of("offset", "3", "limit", "100"));
    }

    @Test
    void cohortsGet() {
        answer(COHORT);

        checkCohort(item(postHog.cohorts().get(55)));

        assertThat(parameters(read("GET", "/cohorts/55/"))).isEmpty();
    }

    @Test
    void cohortsPersons() {
        answer("{\"results\": [" + PERSON + "], \"next\": null, \"previous\": null}");

        checkPerson(items(postHog.cohorts().persons(55, PersonQuery.create().search("lea"))).get(0));

        assertThat(parameters(read("GET", "/cohorts/55/persons/"))).isEqualTo(Map.of("search", "lea", "limit", "100"));
    }

    @Test
    void cohortsPersonsPage() {
        answer("{\"results\": [" + PERSON + "], \"next\": null, \"previous\": null}");

        assertThat(item(postHog.cohorts().personsPage(55, PersonQuery.create()))).hasSize(1);

        read("GET", "/cohorts/55/persons/");
    }

    @Test
    void cohortsPersonsCanNotBeNarrowedByEmail() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> items(postHog.cohorts().persons(55, PersonQuery.create().email("lea@example.test"))))
                .withMessageContaining("use search");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).isEmpty();
    }

    private static void checkCohort(Cohort cohort) {
        assertThat(cohort.id()).isEqualTo(55);
        assertThat(cohort.name()).isEqualTo("Beta users");
        assertThat(cohort.count()).isEqualTo(120);
        assertThat(cohort.isStatic()).isFalse();
        assertThat(cohort.cohortType()).isEqualTo("person_property");
        assertThat(cohort.filters().at("/properties/type").asText()).isEqualTo("OR");
        assertThat(cohort.query()).isNull();
        assertThat(cohort.lastCalculation()).isEqualTo(Instant.parse("2026-11-23T03:00:00Z"));
    }

    // Queries and events

    @Test
    void query() {
        answer("""
                {"columns": ["event", "c"], "types": [["event", "String"], ["c", "UInt64"]], "hasMore": true,
                 "results": [["$pageview", 120], ["order placed", null]], "hogql": "SELECT event", "error": null,
                 "query_status": null, "timings": [{"k": ".", "t": 0.12}], "query": "select"}""");

        QueryResult result = item(postHog.query(HogQLQuery.of("select event, count() c from events where x = {x} limit 2")
                .value("x", List.of("a", 1)).value("none", null).name("orders")));

        assertBody(write("POST", "/query/"), """
                {"query": {"kind": "HogQLQuery", "query": "select event, count() c from events where x = {x} limit 2",
                           "values": {"x": ["a", 1], "none": null}}, "refresh": "blocking", "name": "orders"}""");
        assertThat(result.columns()).extracting("name").containsExactly("event", "c");
        assertThat(result.columns()).extracting("type").containsExactly("String", "UInt64");
        assertThat(result.rows()).hasSize(2);
        assertThat(result.rows().get(0).getLong("c")).isEqualTo(120);
        assertThat(result.rows().get(1).asMap()).containsEntry("event", "order placed").containsEntry("c", null);
        assertThat(result.hasMore()).isTrue();
        assertThat(result.hogql()).isEqualTo("SELECT event");
    }

    @Test
    void queryWithEqualColumnNames() {
        answer("""
                {"columns": ["event", "event", "event_2"], "types": [["event", "String"], ["event", "UInt64"]],
                 "results": [["$pageview", 120, "x"]]}""");

        QueryResult result = item(postHog.query("select event, event, event_2 from events"));

        assertThat(result.columns()).extracting("name").containsExactly("event", "event_3", "event_2");
        assertThat(result.rows().get(0).asMap()).isEqualTo(Map.of("event", "$pageview", "event_3", 120, "event_2", "x"));
    }

    @Test
    void queryWithTooFewCells() {
        answer("{\"columns\": [\"event\", \"c\"], \"results\": [[\"$pageview\"]]}");

        assertThatThrownBy(() -> item(postHog.query("select event, c from events")))
                .isInstanceOf(PostHogResponseException.class).hasMessageContaining("a row has 1 cells for 2 columns");
    }

    @Test
    void captureImmediate() {
        answer("{\"status\": 1}");
        UUID uuid = UUID.fromString(UUID_TEXT);

        assertThat(item(postHog.captureImmediate(CaptureEvent.of("order placed", "user-1").property("amount", 49.9).uuid(uuid)
                .timestamp(Instant.parse("2026-11-20T10:00:00Z"))))).isEqualTo(uuid);

        LoggedRequest request = only();
        assertThat(request.getMethod().getName() + " " + request.getUrl()).isEqualTo("POST /batch/");
        assertThat(request.containsHeader("Authorization")).isFalse();
        assertThat(request.getHeader("User-Agent")).startsWith("quarkus-posthog/");
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        Map<?, ?> body = json(request.getBodyAsString(), Map.class);
        assertThat(body.get("api_key")).isEqualTo(PostHogStub.PROJECT_KEY);
        Map<?, ?> event = (Map<?, ?>) ((List<?>) body.get("batch")).get(0);
        assertThat(event.get("event")).isEqualTo("order placed");
        assertThat(event.get("distinct_id")).isEqualTo("user-1");
        assertThat(event.get("uuid")).isEqualTo(UUID_TEXT);
        assertThat(event.get("timestamp")).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(event).hasSize(5);
        Map<?, ?> properties = (Map<?, ?>) event.get("properties");
        assertThat(properties.get("amount")).isEqualTo(49.9);
        assertThat(properties.get("$lib")).isEqualTo("quarkus-posthog");
        assertThat(properties.get("$is_server")).isEqualTo(true);
        assertThat(properties.get("$ignore_sent_at")).as("PostHog would change the timestamp").isEqualTo(true);
        assertThat(properties.get("$geoip_disable")).isEqualTo(true);
        assertThat(properties).hasSize(6);
    }

    @Test
    void captureImmediateOfSomethingHappeningNow() {
        answer("{\"status\": 1}");
        Instant before = Instant.now();

        item(postHog.captureImmediate(CaptureEvent.of("order placed", "user-1")));

        Map<?, ?> body = json(only().getBodyAsString(), Map.class);
        assertThat(Instant.parse((String) body.get("sent_at"))).isBetween(before, Instant.now());
        Map<?, ?> event = (Map<?, ?>) ((List<?>) body.get("batch")).get(0);
        assertThat(Instant.parse((String) event.get("timestamp"))).isBetween(before, Instant.now());
    }

    /** Can't be written as JSON. */
    public static class Unwritable {

        public String getText() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void aValueThatIsNoJsonIsTheCallersFault() {
        PropertyFilter filter = PropertyFilter.person("plan", new Unwritable());

        assertThatThrownBy(() -> item(postHog.featureFlags()
                .create(NewFeatureFlag.of("checkout").condition(FlagCondition.where(filter)))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no text");
        assertThatThrownBy(() -> item(postHog.query(HogQLQuery.of("select {x}").value("x", new Unwritable()))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no text");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).isEmpty();
    }

    private void answer(String body) {
        stub.register(any(anyUrl()).willReturn(jsonResponse(body, 200)));
    }

    private LoggedRequest only() {
        List<LoggedRequest> requests = stub.find(anyRequestedFor(anyUrl()));
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    private LoggedRequest read(String method, String path) {
        LoggedRequest request = only();
        assertThat(request.getMethod().getName()).isEqualTo(method);
        assertThat(URI.create(request.getUrl()).getRawPath()).isEqualTo(PostHogStub.path(path));
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + PostHogStub.PERSONAL_KEY);
        assertThat(request.getHeader("Accept")).isEqualTo("application/json");
        assertThat(request.getHeader("User-Agent")).startsWith("quarkus-posthog/");
        assertThat(request.getUrl() + request.getBodyAsString()).doesNotContain("phx_", "phc_");
        return request;
    }

    private LoggedRequest write(String method, String path) {
        LoggedRequest request = read(method, path);
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        return request;
    }

    private static Map<String, String> parameters(LoggedRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        request.getQueryParams().forEach((name, values) -> parameters.put(name, values.firstValue()));
        return parameters;
    }

    private void assertBody(LoggedRequest request, String json) {
        assertThat(json(request.getBodyAsString(), Object.class)).isEqualTo(json(json, Object.class));
    }

    private <T> T json(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static <T> T item(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private static <T> List<T> items(Multi<T> multi) {
        return item(multi.collect().asList());
    }
}
