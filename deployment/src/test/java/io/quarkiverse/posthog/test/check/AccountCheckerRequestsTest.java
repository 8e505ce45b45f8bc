package io.quarkiverse.posthog.test.check;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.check.KeyScope;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** The requests of the account checks, and the results for invalid responses and unreachable hosts. */
class AccountCheckerRequestsTest {

    private static final String SECURE_KEY = "phs_stubSecureKey";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", SECURE_KEY)
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "false");

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    private WireMock stub;

    @BeforeEach
    void allIsWell() {
        stub = PostHogStub.reset();
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(jsonResponse("{\"flags\": {}}", 200)
                .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC)))));
        stub.register(get("/api/personal_api_keys/@current/").willReturn(jsonResponse(
                "{\"id\": \"x\", \"scopes\": [\"feature_flag:write\"], \"scoped_teams\": [], \"scoped_organizations\": null}",
                200)));
        stub.register(get(PostHogStub.path("/")).willReturn(jsonResponse("{\"id\": 4242, \"name\": \"Shop\", \"api_token\": \""
                + PostHogStub.PROJECT_KEY + "\", \"secret_api_token\": \"phs_never\"}", 200)));
        stub.register(get(urlPathMatching(".*/remote_config/")).willReturn(jsonResponse(
                "{\"type\": \"invalid_request\", \"code\": \"not_found\", \"detail\": \"Not found.\"}", 404)));
    }

    @Test
    @Tag("DOC-1")
    @Tag("DOC-3")
    @Tag("DOC-7")
    void eachKeyIsVerifiedWithOneRequest() {
        CheckReport report = check(postHog);

        assertThat(report.checks()).filteredOn(check -> check.status() != CheckStatus.OK).extracting(check -> check.id())
                .containsExactly(CheckId.REGION, CheckId.SCOPES, CheckId.DEFINITIONS, CheckId.TRACKING_PLAN);
        assertThat(report.scopes()).filteredOn(KeyScope::granted).extracting(KeyScope::scope)
                .containsExactly("feature_flag:read", "feature_flag:write");
        assertThat(report.check(CheckId.PROJECT).message()).isEqualTo("'Shop', ID 4242");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).extracting(AccountCheckerRequestsTest::described)
                .containsExactlyInAnyOrder(
                        "POST /flags/?v=2",
                        "GET /api/personal_api_keys/@current/ Bearer " + PostHogStub.PERSONAL_KEY,
                        "GET /api/projects/4242/ Bearer " + PostHogStub.PERSONAL_KEY,
                        "GET /api/projects/4242/feature_flags/quarkus-posthog-check/remote_config/?token="
                                + PostHogStub.PROJECT_KEY
                                + " Bearer " + SECURE_KEY);
    }

    private static String described(LoggedRequest request) {
        return request.getMethod() + " " + request.getUrl()
                + (request.containsHeader("Authorization") ? " " + request.getHeader("Authorization") : "");
    }

    @Test
    @Tag("DOC-4")
    @Tag("DOC-14")
    void failuresToReachAHostAreDistinguished() {
        assertThat(apiHost("http://posthog.invalid")).startsWith("the name posthog.invalid could not be resolved");
        assertThat(apiHost("http://localhost:1")).startsWith("no connection to http://localhost:1");
        assertThat(apiHost(PostHogStub.url().replace("http:", "https:"))).startsWith("no TLS connection to");
    }

    private String apiHost(String host) {
        PostHog account = accounts.open("elsewhere", AccountSettings.create().host(URI.create(host))
                .projectId(4242).personalApiKey("phx_elsewhere"));
        CheckReport report = check(account);
        accounts.close("elsewhere");
        assertThat(report.check(CheckId.API_HOST).status()).isEqualTo(CheckStatus.FAILED);
        assertThat(report.check(CheckId.PERSONAL_API_KEY).status()).isEqualTo(CheckStatus.SKIPPED);
        return report.check(CheckId.API_HOST).message();
    }

    @Test
    @Tag("DOC-4")
    void aConnectionThatEndsAndAPageOfAProxyAreNoPostHog() {
        stub.register(get("/api/personal_api_keys/@current/").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(aResponse().withStatus(200)
                .withHeader("Content-Type", "text/html").withBody("<html>Welcome</html>")));

        CheckReport report = check(postHog);

        assertThat(report.check(CheckId.API_HOST).message()).contains("closed the connection without a response");
        assertThat(report.check(CheckId.INGESTION_HOST).message()).contains("not like PostHog");
    }

    @Test
    @Tag("DOC-2")
    @Tag("DOC-5")
    @Tag("DOC-6")
    @Tag("DOC-9")
    void keysThatAreRefusedAreWrong() {
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(refused("Project API key invalid.")));
        stub.register(get(urlPathMatching("/api/.*")).willReturn(refused("The key phx_stubPersonalKey is invalid.")));

        CheckReport report = check(postHog);

        assertThat(report.check(CheckId.PROJECT_API_KEY).status()).isEqualTo(CheckStatus.FAILED);
        assertThat(report.check(CheckId.PERSONAL_API_KEY).status()).isEqualTo(CheckStatus.FAILED);
        assertThat(report.toString()).contains("The key *** is invalid.").doesNotContain(PostHogStub.PERSONAL_KEY,
                PostHogStub.PROJECT_KEY, SECURE_KEY);
    }

    @Test
    @Tag("DOC-14")
    void aHangingRequestIsSentOnceAndTimesOut() {
        stub.register(get("/api/personal_api_keys/@current/").willReturn(aResponse().withFixedDelay(20_000)));
        PostHog account = accounts.open("impatient", AccountSettings.create().personalApiKey(PostHogStub.PERSONAL_KEY)
                .host(URI.create(PostHogStub.url())).projectId(4242).set("check.timeout", "300ms"));

        assertThat(check(account).check(CheckId.API_HOST).message()).startsWith("no response from " + PostHogStub.url());
        assertThat(stub.find(anyRequestedFor(urlPathEqualTo("/api/personal_api_keys/@current/")))).hasSize(1);
        accounts.close("impatient");
    }

    @Test
    @Tag("DOC-14")
    void whatFailsIsNotRepeated() {
        stub.register(get("/api/personal_api_keys/@current/").willReturn(aResponse().withStatus(503)));

        assertThat(check(postHog).check(CheckId.API_HOST).status()).isEqualTo(CheckStatus.WARNING);
        assertThat(stub.find(anyRequestedFor(urlPathEqualTo("/api/personal_api_keys/@current/")))).hasSize(1);
    }

    private static ResponseDefinitionBuilder refused(String detail) {
        return jsonResponse("{\"type\": \"authentication_error\", \"code\": \"authentication_failed\", \"detail\": \"" + detail
                + "\", \"attr\": null}", 401);
    }

    private static CheckReport check(PostHog account) {
        return account.check().await().atMost(Duration.ofSeconds(15));
    }
}
