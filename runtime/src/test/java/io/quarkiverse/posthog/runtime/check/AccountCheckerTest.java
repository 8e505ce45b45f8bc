package io.quarkiverse.posthog.runtime.check;

import static io.quarkiverse.posthog.runtime.check.AccountCheckerFixture.at;
import static io.quarkiverse.posthog.runtime.check.AccountCheckerFixture.capture;
import static io.quarkiverse.posthog.runtime.check.AccountCheckerFixture.fails;
import static io.quarkiverse.posthog.runtime.check.AccountCheckerFixture.flags;
import static io.quarkiverse.posthog.runtime.check.AccountCheckerFixture.ok;
import static io.quarkiverse.posthog.runtime.check.AccountCheckerFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.ProcessingException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.check.KeyScope;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Project;
import io.smallrye.mutiny.Uni;

/** What the checker says of what it finds. */
class AccountCheckerTest {

    private static final String INVALID = "Personal API key found in request Authorization header is invalid.";

    private final AccountCheckerFixture checker = AccountCheckerFixture.of();

    @Test
    @Tag("DOC-1")
    void whereAllIsWellEveryCheckIsGreenOrSaysWhyNot() {
        CheckReport report = checker.report();

        assertThat(report.checks()).extracting(Check::id).containsExactly(CheckId.values());
        assertThat(report.problems()).isEmpty();
        assertThat(report.status()).isEqualTo(CheckStatus.OK);
        assertThat(report.checks().stream().filter(check -> check.status() == CheckStatus.SKIPPED).map(Check::id))
                .containsExactly(CheckId.DEFINITIONS, CheckId.TRACKING_PLAN);
        assertThat(report.summary()).isEqualTo("PostHog account 'default': all checks passed (0 ms)");
    }

    @Test
    @Tag("DOC-3")
    void nothingThatIsAskedCountsAsUsage() {
        checker.report();

        assertThat(checker.requests).hasSize(4)
                .contains("currentKey", "project 4242")
                .anySatisfy(request -> assertThat(request).startsWith("get projects/4242/").endsWith("/remote_config/"))
                .anySatisfy(body -> assertThat(body).contains("\"disable_flags\":true"));
    }

    @Test
    @Tag("DOC-2")
    void noKeyIsInTheReport() {
        checker.project = ok(new Project(4242L, "Shop", "phc_another"));
        checker.key = refused(401, "no such key: " + AccountCheckerFixture.PERSONAL_KEY);
        checker.token = refused(401, "no such token: " + AccountCheckerFixture.PROJECT_KEY);
        checker.remoteConfig = fails(new ProcessingException(new IOException("sent " + AccountCheckerFixture.SECURE_KEY)));

        assertThat(checker.report().toString()).doesNotContain(AccountCheckerFixture.PERSONAL_KEY,
                AccountCheckerFixture.PROJECT_KEY,
                AccountCheckerFixture.SECURE_KEY, "phc_another");

        checker.token = fails(new ProcessingException(new IOException("sent " + AccountCheckerFixture.PROJECT_KEY)));
        assertThat(checker.report().toString()).contains("sent ***").doesNotContain(AccountCheckerFixture.PROJECT_KEY);
    }

    @Test
    @Tag("DOC-4")
    void failuresOfDnsConnectionAndTlsAreDistinguished() {
        assertThat(ingestionHost(new UnknownHostException("us.i.posthog.com"))).startsWith("the name us.i.posthog.com");
        assertThat(ingestionHost(new ConnectException("refused"))).startsWith("no connection to https://us.i.posthog.com");
        assertThat(ingestionHost(new SSLHandshakeException("untrusted"))).startsWith("no TLS connection to");
        assertThat(ingestionHost(new TimeoutException("waited"))).startsWith("no response from");
        assertThat(ingestionHost(new IOException("reset"))).contains("closed the connection without a response");
    }

    private String ingestionHost(Exception failure) {
        checker.token = fails(new ProcessingException(failure));
        CheckReport report = checker.report();
        assertThat(report.check(CheckId.INGESTION_HOST).status()).isEqualTo(CheckStatus.FAILED);
        assertThat(report.check(CheckId.INGESTION_HOST).nextStep()).isPresent();
        assertThat(report.check(CheckId.PROJECT_API_KEY).status()).as("the token").isEqualTo(CheckStatus.SKIPPED);
        assertThat(report.check(CheckId.API_HOST).status()).as("the other host").isEqualTo(CheckStatus.OK);
        return report.check(CheckId.INGESTION_HOST).message();
    }

    @Test
    @Tag("DOC-4")
    void aServerThatIsNotPostHogIsDetected() {
        checker.token = flags("{\"hello\": \"world\"}");
        checker.key = fails(Refusals.of(404, null));

        assertThat(checker.check(CheckId.INGESTION_HOST)).satisfies(
                failed("not like PostHog", "quarkus.posthog.ingestion-host"));
        assertThat(checker.check(CheckId.API_HOST)).satisfies(failed("not like PostHog", "quarkus.posthog.host"));
    }

    @Test
    @Tag("DOC-4")
    void aHostWithAServerErrorIsReachable() {
        checker.key = refused(503, "at capacity");

        assertThat(checker.check(CheckId.API_HOST)).satisfies(warning("reports a problem: status 503: at capacity", "wait"));
        assertThat(checker.check(CheckId.PERSONAL_API_KEY).status()).as("the project was answered").isEqualTo(CheckStatus.OK);
    }

    @Test
    @Tag("DOC-5")
    void aProjectTokenThatPostHogRefusesIsWrong() {
        checker.token = refused(401, "Project API key invalid.");

        assertThat(checker.check(CheckId.PROJECT_API_KEY)).satisfies(
                failed("PostHog does not recognize it", "quarkus.posthog.project-api-key"));
        assertThat(checker.check(CheckId.INGESTION_HOST).status()).isEqualTo(CheckStatus.OK);
        assertThat(checker.check(CheckId.FEATURE_FLAGS_SECURE_API_KEY).status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-6")
    void aPersonalKeyThatPostHogRefusesIsWrong() {
        checker.key = refused(401, INVALID);
        checker.project = refused(401, INVALID);

        CheckReport report = checker.report();

        assertThat(report.check(CheckId.PERSONAL_API_KEY)).satisfies(failed(INVALID, "quarkus.posthog.personal-api-key"));
        assertThat(report.check(CheckId.SCOPES).status()).isEqualTo(CheckStatus.SKIPPED);
        assertThat(report.check(CheckId.PROJECT).status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-6")
    void aKeyThatCantAskForItselfIsRightWhenItReadsTheProject() {
        checker.key = refused(401, INVALID);

        CheckReport report = checker.report();

        assertThat(report.check(CheckId.PERSONAL_API_KEY).status()).isEqualTo(CheckStatus.OK);
        assertThat(report.check(CheckId.SCOPES)).isEqualTo(
                CheckResults.skipped(CheckId.SCOPES, "PostHog did not return the scopes of the key"));
    }

    @Test
    @Tag("DOC-7")
    void scopesThatAreMissingAreNamedWithWhatTheyAreFor() {
        checker.key = ok(new Key(List.of("query:read", "feature_flag:write", "project:read", "insight:read", "cohort:read"),
                null, null));

        CheckReport report = checker.report();

        assertThat(report.check(CheckId.SCOPES)).satisfies(
                warning("cannot be used for persons and cohort members (person:read), dashboards (dashboard:read)",
                        "add the scope"));
        assertThat(report.scopes()).filteredOn(scope -> !scope.granted()).extracting(KeyScope::scope)
                .containsExactly("person:read", "dashboard:read");
    }

    @Test
    @Tag("DOC-7")
    void flagsThatAreToBeEvaluatedHereNeedTheScopeToReadThem() {
        AccountCheckerFixture local = AccountCheckerFixture.with("project-api-key", AccountCheckerFixture.PROJECT_KEY,
                "personal-api-key",
                AccountCheckerFixture.PERSONAL_KEY, "flags.local-evaluation", "true");
        local.key = ok(new Key(List.of("query:read"), null, null));

        assertThat(local.check(CheckId.SCOPES)).satisfies(
                failed("feature_flag:read", "quarkus.posthog.feature-flags-secure-api-key"));
    }

    @Test
    @Tag("DOC-8")
    void theProjectIsNamed() {
        assertThat(checker.check(CheckId.PROJECT)).isEqualTo(CheckResults.ok(CheckId.PROJECT, "'Shop', ID 4242"));
    }

    @Test
    @Tag("DOC-8")
    void whereTheProjectMayChangeTheReportSaysHowToKeepIt() {
        assertThat(AccountCheckerFixture.with("personal-api-key", AccountCheckerFixture.PERSONAL_KEY).check(CheckId.PROJECT)
                .nextStep())
                .hasValueSatisfying(step -> assertThat(step).startsWith("set quarkus.posthog.project-id=4242"));
    }

    @Test
    @Tag("DOC-8")
    void aProjectWithAnotherTokenIsNotTheOneThatEventsGoTo() {
        checker.project = ok(new Project(4242L, "Shop", "phc_another"));

        assertThat(checker.check(CheckId.PROJECT)).satisfies(
                failed("data is read from 'Shop'", "from the settings of the same project"));
    }

    @Test
    @Tag("DOC-8")
    void aMissingProjectIsAFailure() {
        checker.project = fails(Refusals.of(404, "invalid_request", "Project not found."));

        assertThat(checker.check(CheckId.PROJECT)).satisfies(failed("no access to project 4242", "quarkus.posthog.project-id"));
    }

    @Test
    @Tag("DOC-8")
    void aKeyForOtherProjectsIsNamedAsSuch() {
        checker.key = ok(new Key(List.of("*"), List.of(1L, 2L), null));
        checker.project = refused(403, "You don't have access to the project.");

        assertThat(checker.check(CheckId.PROJECT))
                .satisfies(failed("no access to project 4242, only to [1, 2]", "one of these"));
    }

    @Test
    @Tag("DOC-8")
    void withoutTheScopeTheProjectIsNotChecked() {
        checker.project = refused(403, "API key missing required scope 'project:read'");

        assertThat(checker.check(CheckId.PROJECT).status()).isEqualTo(CheckStatus.SKIPPED);
        assertThat(checker.check(CheckId.PROJECT).message()).contains("project:read");
    }

    @Test
    @Tag("DOC-9")
    void aSecureKeyThatPostHogRefusesIsWrong() {
        checker.remoteConfig = refused(401, "Invalid token.");
        assertThat(checker.check(CheckId.FEATURE_FLAGS_SECURE_API_KEY)).satisfies(
                failed("PostHog does not recognize it", "quarkus.posthog.feature-flags-secure-api-key"));

        checker.remoteConfig = refused(403, "Not yours.");
        assertThat(checker.check(CheckId.FEATURE_FLAGS_SECURE_API_KEY)).satisfies(
                failed("does not belong to the project of the project token", "of the same project"));
    }

    @Test
    @Tag("DOC-10")
    void hostsOfTwoRegionsDontFit() {
        assertThat(AccountCheckerFixture.of("host", "https://eu.posthog.com", "ingestion-host", "https://us.i.posthog.com")
                .check(CheckId.REGION)).satisfies(failed(
                        "events and flag requests go to PostHog Cloud US, all other requests to "
                                + "PostHog Cloud EU",
                        "remove quarkus.posthog.ingestion-host"));
    }

    @Test
    @Tag("DOC-10")
    void keysThatOneRegionDoesNotKnowMayBeOfTheOther() {
        checker.key = refused(401, INVALID);
        checker.project = refused(401, INVALID);
        checker.token = refused(401, "Project API key invalid.");

        assertThat(checker.check(CheckId.REGION)).satisfies(
                warning("does not recognize project-api-key and personal-api-key; keys of PostHog Cloud EU are only valid there",
                        "set quarkus.posthog.host=https://eu.posthog.com"));
    }

    @Test
    @Tag("DOC-10")
    void whatIsNotPostHogCloudHasNoRegion() {
        assertThat(AccountCheckerFixture.of("host", "https://posthog.example.com").check(CheckId.REGION).status())
                .isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-11")
    void aClockThatIsWrongIsNoticed() {
        checker.token = at("Fri, 20 Nov 2026 09:50:00 GMT", "{\"flags\": {}}".getBytes());
        assertThat(checker.check(CheckId.CLOCK)).satisfies(warning("599 s ahead of PostHog's", "NTP"));

        checker.token = at("Fri, 20 Nov 2026 10:10:00 GMT", "{\"flags\": {}}".getBytes());
        assertThat(checker.check(CheckId.CLOCK)).satisfies(warning("600 s behind PostHog's", "NTP"));
    }

    @Test
    @Tag("DOC-12")
    void undeliveredEventsAreAProblem() {
        checker.capture = capture(Map.of(), "PostHog account 'default', capture: can't reach https://us.i.posthog.com");
        assertThat(checker.check(CheckId.QUEUE)).satisfies(
                failed("3 queued; the last request failed: can't reach", "2026-11-20T10:00:05Z"));

        checker.capture = capture(Map.of(DropReason.QUEUE_FULL, 4L, DropReason.SAMPLED_OUT, 100L), null);
        assertThat(checker.check(CheckId.QUEUE)).satisfies(warning("4 dropped: {QUEUE_FULL=4}", "see the warnings of the log"));

        checker.capture = capture(Map.of(DropReason.OPTED_OUT, 4L), null);
        checker.optedOut = true;
        assertThat(checker.check(CheckId.QUEUE).status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-13")
    void missingDefinitionsAreAProblem() {
        checker.definitions = new FlagDefinitionsStatus(true, false, 0, Optional.empty(), Optional.empty(),
                Optional.of("PostHog account 'default', loadFlags: no answer"), 1);
        assertThat(checker.check(CheckId.DEFINITIONS))
                .satisfies(failed("PostHog evaluates all flags: no answer", "resolve the reported failure"));

        checker.definitions = new FlagDefinitionsStatus(true, true, 5, Optional.of(Origin.POSTHOG),
                Optional.of(AccountCheckerFixture.NOW), Optional.of("no answer"), 1);
        assertThat(checker.check(CheckId.DEFINITIONS)).satisfies(warning("5 flags", "resolve the reported failure"));

        checker.definitions = new FlagDefinitionsStatus(true, true, 5, Optional.of(Origin.POSTHOG),
                Optional.of(AccountCheckerFixture.NOW), Optional.empty(), 1);
        assertThat(checker.check(CheckId.DEFINITIONS).status()).isEqualTo(CheckStatus.OK);
    }

    @Test
    @Tag("DOC-14")
    void aCheckThatBreaksFailsAloneAndSaysWhy() {
        checker.capture = null;

        CheckReport report = checker.report();

        assertThat(report.check(CheckId.QUEUE))
                .satisfies(failed("the check failed unexpectedly: java.lang.NullPointerException", ""));
        assertThat(report.problems()).hasSize(1);
    }

    @Test
    @Tag("DOC-14")
    void anExceptionOfARequestIsAFailedCheck() {
        checker.key = fails(new IllegalStateException("something else"));
        checker.project = fails(new IllegalStateException("something else"));

        assertThat(checker.check(CheckId.API_HOST)).satisfies(failed("something else", ""));
    }

    @Test
    @Tag("DOC-14")
    void itTakesNoLongerThanTheTimeout() {
        AccountCheckerFixture impatient = AccountCheckerFixture.of("check.timeout", "50ms");
        impatient.key = Uni.createFrom().nothing();
        impatient.token = Uni.createFrom().nothing();
        impatient.project = Uni.createFrom().nothing();

        assertThat(impatient.report().problems()).extracting(Check::id)
                .containsExactly(CheckId.INGESTION_HOST, CheckId.API_HOST);
    }

    @Test
    @Tag("DOC-1")
    void whatAnAccountHasNoKeyForIsSkipped() {
        CheckReport report = AccountCheckerFixture.with("project-api-key", AccountCheckerFixture.PROJECT_KEY).report();

        assertThat(report.problems()).isEmpty();
        assertThat(report.checks().stream().filter(check -> check.status() == CheckStatus.SKIPPED).map(Check::id))
                .containsExactlyElementsOf(EnumSet.copyOf(Set.of(CheckId.API_HOST, CheckId.PERSONAL_API_KEY, CheckId.SCOPES,
                        CheckId.PROJECT, CheckId.FEATURE_FLAGS_SECURE_API_KEY, CheckId.DEFINITIONS,
                        CheckId.TRACKING_PLAN)));
    }

    @Test
    @Tag("DOC-1")
    void theSummaryHasTheNextStepOfEachProblem() {
        checker.token = refused(401, "Project API key invalid.");

        assertThat(checker.report().summary().lines()).containsExactly(
                "PostHog account 'default': 1 of 13 checks failed, 1 warning (0 ms)",
                "FAILED  project API key: PostHog does not recognize it (status 401: Project API key invalid.), and silently "
                        + "drops all events",
                "        -> copy the project token from the PostHog project settings to "
                        + "quarkus.posthog.project-api-key",
                "WARNING region: PostHog Cloud US does not recognize project-api-key; keys of PostHog Cloud EU are only valid there",
                "        -> if you log in at https://eu.posthog.com, set quarkus.posthog.host=https://eu.posthog.com");
    }

    private static Consumer<Check> failed(String found, String nextStep) {
        return trouble(CheckStatus.FAILED, found, nextStep);
    }

    private static Consumer<Check> warning(String found, String nextStep) {
        return trouble(CheckStatus.WARNING, found, nextStep);
    }

    private static Consumer<Check> trouble(CheckStatus status, String found, String nextStep) {
        return check -> {
            assertThat(check.status()).as(check.toString()).isEqualTo(status);
            assertThat(check.message()).contains(found);
            assertThat(check.nextStep()).hasValueSatisfying(step -> assertThat(step).contains(nextStep));
        };
    }
}
