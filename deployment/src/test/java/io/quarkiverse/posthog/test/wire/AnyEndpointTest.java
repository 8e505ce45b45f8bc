package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogPermissionException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PostHogServerException;
import io.quarkiverse.posthog.api.RestWrite;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

/** Requests to any endpoint. */
class AnyEndpointTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application();

    private static final String ANNOTATIONS = "/api/projects/{project}/annotations/";
    private static final String PATH = PostHogStub.path("/annotations/");

    public record Annotation(long id, String content, Instant dateMarker) {
    }

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    // The request

    @Test
    @Tag("API-2")
    void sendsTheRequest() {
        answers(json("{\"id\": 7, \"content\": \"Release\", \"date_marker\": \"2026-11-20T10:00:00Z\", \"new\": {}}"));

        Annotation annotation = item(postHog.api().get("/api/environments/{environment}/annotations/{id}/").path("id", 7)
                .query("search", "a b&c=ä").query("order", "-created_at").query("ids", List.of(1, 2)).query("none", null)
                .as(Annotation.class));

        assertThat(annotation).isEqualTo(new Annotation(7, "Release", Instant.parse("2026-11-20T10:00:00Z")));
        LoggedRequest request = requests().get(0);
        assertThat(request.getUrl()).startsWith("/api/environments/4242/annotations/7/?");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + PostHogStub.PERSONAL_KEY);
        assertThat(parameters(request)).containsOnly(Map.entry("search", "a b&c=ä"), Map.entry("order", "-created_at"),
                Map.entry("ids", "[1,2]"));
    }

    @Test
    void sendsBodies() {
        answers(json("{\"id\": 7}"));

        item(postHog.api().post(ANNOTATIONS).body(new Annotation(7, "Release", Instant.EPOCH)).as(Annotation.class));
        item(postHog.api().patch(ANNOTATIONS).query("q", 1).body(Map.of("camelCase", 1)).asMap());
        item(postHog.api().put(ANNOTATIONS).send());
        item(postHog.api().delete(ANNOTATIONS).send());

        assertThat(requests()).extracting(request -> request.getMethod() + " " + request.getUrl()).containsExactly(
                "POST " + PATH, "PATCH " + PATH + "?q=1", "PUT " + PATH, "DELETE " + PATH);
        assertThat(requests()).extracting(LoggedRequest::getBodyAsString).containsExactly(
                "{\"id\":7,\"content\":\"Release\",\"date_marker\":\"1970-01-01T00:00:00Z\"}", "{\"camelCase\":1}", "{}", "");
        assertThat(requests().get(0).getHeader("Content-Type")).isEqualTo("application/json");
    }

    @Test
    @Tag("API-1")
    void valuesStayOneSegment() {
        answers(json("{\"id\": 7}"));

        item(postHog.api().get("/api/projects/{project}/surveys/{key}/").path("key", "ä?b c#100%{d}").as(JsonNode.class));

        assertThat(requests().get(0).getUrl()).isEqualTo(PostHogStub.path("/surveys/%C3%A4%3Fb%20c%23100%25%7Bd%7D/"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example/api/x/", "//evil.example/api/x/", "/api/projects/{project}/../../x/",
            "/api/projects/%2e%2e/x/", "/api/x?y", "/other/", "/api//x/" })
    @Tag("API-1")
    void rejectsOtherPaths(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> postHog.api().get(path));
        assertThat(requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "..", ".", "a/b", "a\\b", "%2e%2e", "..;x", " " })
    @Tag("API-1")
    void rejectsOtherValues(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> postHog.api().get("/api/projects/{project}/surveys/{id}/").path("id", value))
                .withMessageContaining("'id'");
        assertThat(requests()).isEmpty();
    }

    @Test
    @Tag("API-1")
    void rejectsMissingValues() {
        answers(json("{}"));

        assertThatIllegalArgumentException().isThrownBy(
                () -> item(postHog.api().get("/api/organizations/{organization}/x/{id}/").as(JsonNode.class)))
                .withMessageContaining("path(\"id\", value)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item(postHog.api().get("/api/x/{id}/").list(JsonNode.class).toUni()))
                .withMessageContaining("path(\"id\", value)");
        assertThat(requests()).isEmpty();
    }

    // The organization

    @Test
    @Tag("API-2")
    void organizationIsLookedUpOnce() {
        PostHog account = opened("organization-of-project", 7);
        answers(json("{\"id\": 1}"));
        answer("/api/personal_api_keys/@current/", json("{\"scopes\": [\"*\"], \"scoped_organizations\": []}"));
        answer("/api/projects/7/", json("{\"id\": 7, \"organization\": \"0190-o\"}"));

        item(account.api().get("/api/organizations/{organization}/").as(JsonNode.class));
        item(account.api().get("/api/organizations/{organization}/members/{id}/").path("id", 1).as(JsonNode.class));

        assertThat(requests()).extracting(LoggedRequest::getUrl).containsExactly("/api/personal_api_keys/@current/",
                "/api/projects/7/", "/api/organizations/0190-o/", "/api/organizations/0190-o/members/1/");
    }

    @Test
    @Tag("API-2")
    void organizationOfARestrictedKeyNeedsNoScope() {
        PostHog account = opened("organization-of-key", 7);
        answers(json("{\"id\": 1}"));
        answer("/api/personal_api_keys/@current/", json("{\"scopes\": [\"x:read\"], \"scoped_organizations\": [\"0190-k\"]}"));

        item(account.api().get("/api/organizations/{organization}/").as(JsonNode.class));

        assertThat(requests()).extracting(LoggedRequest::getUrl).containsExactly("/api/personal_api_keys/@current/",
                "/api/organizations/0190-k/");
    }

    @Test
    @Tag("API-2")
    void organizationOfTheCurrentProjectNeedsNoRequest() {
        PostHog account = opened("current-organization", null);
        answers(json("{\"id\": 1}"));

        item(account.api().get("/api/organizations/{organization}/").as(JsonNode.class));
        item(postHog.api().get("/api/organizations/{organization}/").path("organization", "0190-own").as(JsonNode.class));

        assertThat(requests()).extracting(LoggedRequest::getUrl).containsExactly("/api/organizations/@current/",
                "/api/organizations/0190-own/");
    }

    @Test
    @Tag("API-2")
    void organizationWithoutPermissionFailsWithTheFix() {
        PostHog account = opened("organization-without-scope", 7);
        answer("/api/personal_api_keys/@current/", json("{\"scopes\": [\"organization:read\"]}"));
        answer("/api/projects/7/", jsonResponse("""
                {"type": "authentication_error", "code": "permission_denied",
                 "detail": "API key missing required scope 'project:read'", "attr": null}""", 403));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> item(account.api().get("/api/organizations/{organization}/").as(JsonNode.class)))
                    .isInstanceOf(PostHogPermissionException.class)
                    .hasMessageContaining("project:read").hasMessageContaining("path(\"organization\", id)");
        }
        // A failure is not cached
        assertThat(requests()).hasSize(4);
    }

    private PostHog opened(String name, Integer project) {
        AccountSettings settings = AccountSettings.create().host(URI.create(PostHogStub.url()))
                .personalApiKey(PostHogStub.PERSONAL_KEY);
        return accounts.open(name, project == null ? settings : settings.projectId(project));
    }

    // Lists

    @Test
    @Tag("API-4")
    void readsPagesOnDemand() {
        pages("offset");

        AssertSubscriber<Annotation> subscriber = postHog.api().get(ANNOTATIONS).query("search", "x").pageSize(2)
                .list(Annotation.class).subscribe().withSubscriber(AssertSubscriber.create(0));
        assertThat(requests()).isEmpty();
        subscriber.request(2).awaitItems(2, Duration.ofSeconds(10));
        assertThat(requests()).hasSize(1);
        subscriber.request(1).awaitItems(3, Duration.ofSeconds(10));
        assertThat(requests()).hasSize(2);
        subscriber.request(10).awaitCompletion(Duration.ofSeconds(10));

        assertThat(subscriber.getItems()).extracting(Annotation::id).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(requests()).allSatisfy(request -> {
            assertThat(request.getUrl()).startsWith(PATH);
            assertThat(parameters(request)).containsEntry("search", "x").containsEntry("limit", "2");
        });
    }

    @Test
    @Tag("API-4")
    void readsPagesByCursor() {
        pages("cursor");

        assertThat(all(postHog.api().get(ANNOTATIONS).query("search", "x").pageSize(2).list(Annotation.class)))
                .extracting(Annotation::id).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(requests()).hasSize(3);
    }

    /** Stubs three pages with five items. */
    private void pages(String parameter) {
        for (int page = 0; page < 3; page++) {
            String position = page == 0 ? null : parameter.equals("offset") ? "" + 2 * page : "c" + page;
            String next = parameter.equals("offset") ? "" + 2 * (page + 1) : "c" + (page + 1);
            String link = page == 2 ? "null"
                    : "\"http://other.example" + PATH + "?limit=2&search=x&" + parameter + "=" + next + "\"";
            String items = page == 2 ? "{\"id\": 5}" : "{\"id\": %d}, {\"id\": %d}".formatted(2 * page + 1, 2 * page + 2);
            stub.register(get(urlPathEqualTo(PATH)).withQueryParam(parameter, position == null ? WireMock.absent()
                    : WireMock.equalTo(position)).willReturn(json("{\"next\": " + link + ", \"results\": [" + items + "]}")));
        }
    }

    @Test
    @Tag("API-4")
    void readsListsWithoutLinks() {
        stub.register(get(urlPathEqualTo(PATH)).withQueryParam("offset", WireMock.absent())
                .willReturn(json("{\"has_next\": true, \"results\": [{\"id\": 1}, {\"id\": 2}]}")));
        stub.register(get(urlPathEqualTo(PATH)).withQueryParam("offset", WireMock.equalTo("2"))
                .willReturn(json("{\"has_next\": false, \"results\": [{\"id\": 3}]}")));

        assertThat(all(postHog.api().get(ANNOTATIONS).query("search", "ä&b").pageSize(3).list(Annotation.class)))
                .extracting(Annotation::id).containsExactly(1L, 2L, 3L);
        assertThat(parameters(requests().get(1))).containsOnly(Map.entry("limit", "3"), Map.entry("offset", "2"),
                Map.entry("search", "ä&b"));
    }

    @Test
    @Tag("API-4")
    void readsArrays() {
        answers(json("[{\"id\": 1}, {\"id\": 2}]"));

        assertThat(all(postHog.api().get(ANNOTATIONS).list(Annotation.class))).hasSize(2);
        Page<Annotation> page = item(postHog.api().get(ANNOTATIONS).page(Annotation.class));
        assertThat(page.items()).hasSize(2);
        assertThat(page.hasNext()).isFalse();
    }

    @Test
    @Tag("API-4")
    void itemsThatMoveAreDeliveredOnce() {
        answers(json(list("\"?offset=2\"", "{\"uuid\": \"a\", \"id\": 1}, {\"uuid\": \"b\", \"id\": 1}")),
                json(list("null", "{\"uuid\": \"b\", \"id\": 1}, {\"uuid\": \"c\", \"id\": 1}, {\"n\": 1}, {\"n\": 1}")));

        assertThat(all(postHog.api().get(ANNOTATIONS).list(JsonNode.class))).extracting(JsonNode::toString).containsExactly(
                "{\"uuid\":\"a\",\"id\":1}", "{\"uuid\":\"b\",\"id\":1}", "{\"uuid\":\"c\",\"id\":1}", "{\"n\":1}",
                "{\"n\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": 1}|a list without 'results'
            {"results": {"id": 1}}|a list without 'results'
            {"results": [{"id": 1}, null]}|a list with null among its items
            {"results": [{"id": "x"}]}|id
            {"results": [{"id": 1}|the response from
            "text"|a list without 'results'
            {"has_next": true, "results": []}|leads back to a page that was read already
            {"next": "%zz", "results": [{"id": 1}]}|can't be followed
            {"next": "https://us.posthog.com/api/", "results": [{"id": 1}]}|can't be followed
            """)
    @Tag("API-7")
    void malformedListsFail(String body, String problem) {
        answers(json(body));

        assertThatThrownBy(() -> all(postHog.api().get(ANNOTATIONS).list(Annotation.class)))
                .isInstanceOf(PostHogResponseException.class).hasMessageContaining(problem)
                .hasMessageContaining("api.get /api/projects/{project}/annotations/");
    }

    @Test
    @Tag("API-3")
    void keyStaysWithTheHost() {
        answers(json(list("\"http://evil.example:1/api/projects/9/secrets/?offset=1&token=phc_x\"", "{\"id\": 1}")),
                json(list("null", "{\"id\": 2}")));

        assertThat(all(postHog.api().get(ANNOTATIONS).list(Annotation.class))).hasSize(2);
        assertThat(requests()).extracting(LoggedRequest::getUrl).containsExactly(PATH + "?limit=100", PATH + "?offset=1");
    }

    @Test
    @Tag("API-3")
    void redirectsToOtherHostsAreNotFollowed() {
        answers(aResponse().withStatus(307).withHeader("Location", "http://evil.example/api/"));

        assertThatThrownBy(() -> item(postHog.api().post(ANNOTATIONS).send())).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("redirect");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void pagesAreConverted() {
        answers(json("{\"count\": 3, \"next\": \"?offset=2&limit=2\", \"results\": [{\"id\": 1}, {\"id\": 2}]}"),
                json(list("null", "{\"id\": 3}")));

        Page<Annotation> first = item(postHog.api().get(ANNOTATIONS).limit(2).page(Annotation.class));
        Page<Annotation> second = item(first.next());

        assertThat(first.items()).extracting(Annotation::id).containsExactly(1L, 2L);
        assertThat(first.total()).hasValue(3);
        assertThat(second.items()).extracting(Annotation::id).containsExactly(3L);
        assertThat(second.hasNext()).isFalse();
    }

    @Test
    void limitIsNoParameterOfALIst() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> all(postHog.api().get(ANNOTATIONS).query("limit", 5).list(Annotation.class)))
                .withMessageContaining("limit(...)");
    }

    // Retries

    @Test
    @Tag("API-5")
    void readsAreRetried() {
        answers(status(503), status(500), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), json("{\"id\": 1}"));

        assertThat(item(postHog.api().get(ANNOTATIONS).as(Annotation.class)).id()).isEqualTo(1);
        assertThat(requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
    @Tag("API-5")
    void writesAreNotRepeatedIfPostHogMayHaveExecutedThem(String method) {
        answers(status(500), json("{}"));
        assertThatThrownBy(() -> item(write(method).send())).isInstanceOf(PostHogServerException.class);
        assertThat(requests()).hasSize(1);

        reset();
        answers(aResponse().withFault(Fault.EMPTY_RESPONSE), json("{}"));
        assertThatThrownBy(() -> item(write(method).send())).isInstanceOf(PostHogConnectionException.class);
        assertThat(requests()).hasSize(1);

        reset();
        answers(status(429), json("{}"));
        item(write(method).send());
        assertThat(requests()).hasSize(2);

        reset();
        answers(status(500), aResponse().withFault(Fault.EMPTY_RESPONSE), json("{}"));
        item(write(method).idempotent().send());
        assertThat(requests()).hasSize(3);
    }

    private RestWrite write(String method) {
        return switch (method) {
            case "POST" -> postHog.api().post(ANNOTATIONS);
            case "PUT" -> postHog.api().put(ANNOTATIONS);
            case "PATCH" -> postHog.api().patch(ANNOTATIONS);
            default -> postHog.api().delete(ANNOTATIONS);
        };
    }

    // Failures

    @Test
    @Tag("API-7")
    void failuresNameTheRequest() {
        answers(jsonResponse("""
                {"type": "invalid_request", "code": "not_found", "detail": "No %s here.", "attr": null}"""
                .formatted(PostHogStub.PERSONAL_KEY), 404));

        assertThatThrownBy(() -> item(postHog.api().get("/api/projects/{project}/surveys/{id}/").path("id", "abc")
                .as(JsonNode.class))).isInstanceOf(PostHogNotFoundException.class)
                .hasMessageContaining("api.get /api/projects/{project}/surveys/{id}/")
                .hasMessageContaining("No *** here.").hasMessageNotContaining(PostHogStub.PERSONAL_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "<html></html>", "{\"id\": \"x\"}", "{\"id\": 1", "[1]" })
    @Tag("API-7")
    void unreadableResponsesFail(String body) {
        answers(json(body));

        assertThatThrownBy(() -> item(postHog.api().get(ANNOTATIONS).as(Annotation.class)))
                .isInstanceOf(PostHogResponseException.class);
    }

    @Test
    @Tag("API-7")
    void responsesWithoutContentAreIgnored() {
        answers(aResponse().withStatus(204));

        assertThat(item(postHog.api().delete(ANNOTATIONS).send())).isNull();
        assertThatThrownBy(() -> item(postHog.api().delete(ANNOTATIONS).as(JsonNode.class)))
                .isInstanceOf(PostHogResponseException.class).hasMessageContaining("empty");
    }

    @Test
    @Tag("API-7")
    void bodiesThatAreNotJsonFail() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item(postHog.api().post(ANNOTATIONS).body(new Object()).send()))
                .withMessageContaining("can't be written as JSON");
        assertThat(requests()).isEmpty();
    }

    @Test
    @Tag("API-8")
    void masksSecrets() {
        answers(json("{\"name\": \"Shop\", \"api_token\": \"abc\", \"note\": \"phc_abcdef\"}"));

        assertThat(item(postHog.api().get("/api/projects/{project}/").asMaskedJson()))
                .hasToString("{\"name\":\"Shop\",\"api_token\":\"***\",\"note\":\"***\"}");
    }

    private static String list(String next, String items) {
        return "{\"next\": " + next + ", \"results\": [" + items + "]}";
    }

    private static ResponseDefinitionBuilder json(String body) {
        return jsonResponse(body, 200);
    }

    private static ResponseDefinitionBuilder status(int status) {
        return jsonResponse("{\"type\": \"server_error\", \"code\": \"error\", \"detail\": \"x\", \"attr\": null}", status);
    }

    private void answer(String path, ResponseDefinitionBuilder answer) {
        stub.register(get(urlPathEqualTo(path)).willReturn(answer));
    }

    /** Answers with each of these, one after the other, and then always with the last one. */
    private void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            stub.register(any(anyUrl()).atPriority(10).inScenario("answers").whenScenarioStateIs(state(i))
                    .willSetStateTo(state(Math.min(i + 1, answers.length - 1))).willReturn(answers[i]));
        }
        stub.resetScenarios();
    }

    private static String state(int number) {
        return number == 0 ? Scenario.STARTED : "after " + number;
    }

    private List<LoggedRequest> requests() {
        return stub.find(anyRequestedFor(anyUrl())).stream()
                .sorted((a, b) -> a.getLoggedDate().compareTo(b.getLoggedDate())).toList();
    }

    private static Map<String, String> parameters(LoggedRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        request.getQueryParams().forEach((name, values) -> parameters.put(name, values.firstValue()));
        return parameters;
    }

    private static <T> T item(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    private static <T> List<T> all(Multi<T> items) {
        return new ArrayList<>(item(items.collect().asList()));
    }
}
