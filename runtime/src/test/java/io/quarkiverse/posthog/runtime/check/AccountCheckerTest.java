package io.quarkiverse.posthog.runtime.check;

import static io.quarkiverse.posthog.runtime.check.TestDoctor.at;
import static io.quarkiverse.posthog.runtime.check.TestDoctor.capture;
import static io.quarkiverse.posthog.runtime.check.TestDoctor.fails;
import static io.quarkiverse.posthog.runtime.check.TestDoctor.flags;
import static io.quarkiverse.posthog.runtime.check.TestDoctor.ok;
import static io.quarkiverse.posthog.runtime.check.TestDoctor.refused;
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
import io.quarkiverse.posthog.runtime.rest.KeyApi.Key;
import io.quarkiverse.posthog.runtime.rest.KeyApi.Project;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.smallrye.mutiny.Uni;

/** What the doctor says of what it finds. */
class AccountCheckerTest {

    private static final String INVALID = "Personal API key found in request Authorization header is invalid.";

    private final TestDoctor doctor = TestDoctor.of();

    @Test
    @Tag("DOC-1")
    void whereAllIsWellEveryCheckIsGreenOrSaysWhyNot() {
        CheckReport report = doctor.report();

        assertThat(report.checks()).extracting(Check::id).containsExactly(CheckId.values());
        assertThat(report.troubles()).isEmpty();
        assertThat(report.status()).isEqualTo(CheckStatus.OK);
        assertThat(report.checks().stream().filter(check -> check.status() == CheckStatus.SKIPPED).map(Check::id))
                .containsExactly(CheckId.DEFINITIONS);
        assertThat(report.summary()).isEqualTo("PostHog account 'default': all checks passed (0 ms)");
    }

    @Test
    @Tag("DOC-3")
    void nothingThatIsAskedCountsAsUsage() {
        doctor.report();

        assertThat(doctor.requests).hasSize(4)
                .contains("currentKey", "project 4242", "remoteConfig")
                .anySatisfy(body -> assertThat(body).contains("\"disable_flags\":true"));
    }

    @Test
    @Tag("DOC-2")
    void noKeyIsInTheReport() {
        doctor.project = ok(new Project(4242L, "Shop", "phc_another"));
        doctor.key = refused(401, "no such key: " + TestDoctor.PERSONAL_KEY);
        doctor.token = refused(401, "no such token: " + TestDoctor.PROJECT_KEY);
        doctor.remoteConfig = fails(new ProcessingException(new IOException("sent " + TestDoctor.SECURE_KEY)));

        assertThat(doctor.report().toString()).doesNotContain(TestDoctor.PERSONAL_KEY, TestDoctor.PROJECT_KEY,
                TestDoctor.SECURE_KEY, "phc_another");

        doctor.token = fails(new ProcessingException(new IOException("sent " + TestDoctor.PROJECT_KEY)));
        assertThat(doctor.report().toString()).contains("sent ***").doesNotContain(TestDoctor.PROJECT_KEY);
    }

    @Test
    @Tag("DOC-4")
    void aNameAConnectionAndEncryptionThatFailAreToldApart() {
        assertThat(ingestionHost(new UnknownHostException("us.i.posthog.com"))).startsWith("the name us.i.posthog.com");
        assertThat(ingestionHost(new ConnectException("refused"))).startsWith("no connection to https://us.i.posthog.com");
        assertThat(ingestionHost(new SSLHandshakeException("untrusted"))).startsWith("no TLS connection to");
        assertThat(ingestionHost(new TimeoutException("waited"))).startsWith("no response from");
        assertThat(ingestionHost(new IOException("reset"))).contains("closed the connection without a response");
    }

    private String ingestionHost(Exception failure) {
        doctor.token = fails(new ProcessingException(failure));
        CheckReport report = doctor.report();
        assertThat(report.check(CheckId.INGESTION_HOST).status()).isEqualTo(CheckStatus.FAILED);
        assertThat(report.check(CheckId.INGESTION_HOST).nextStep()).isPresent();
        assertThat(report.check(CheckId.PROJECT_KEY).status()).as("the token").isEqualTo(CheckStatus.SKIPPED);
        assertThat(report.check(CheckId.API_HOST).status()).as("the other host").isEqualTo(CheckStatus.OK);
        return report.check(CheckId.INGESTION_HOST).found();
    }

    @Test
    @Tag("DOC-4")
    void whoAnswersOtherwiseThanPostHogIsNotTakenForIt() {
        doctor.token = flags("{\"hello\": \"world\"}");
        doctor.key = fails(Refusals.of(404, null));

        assertThat(doctor.check(CheckId.INGESTION_HOST)).satisfies(
                failed("not like PostHog", "quarkus.posthog.ingestion-host"));
        assertThat(doctor.check(CheckId.API_HOST)).satisfies(failed("not like PostHog", "quarkus.posthog.host"));
    }

    @Test
    @Tag("DOC-4")
    void aHostThatHasTroubleIsReached() {
        doctor.key = refused(503, "at capacity");

        assertThat(doctor.check(CheckId.API_HOST)).satisfies(warning("reports a problem: status 503: at capacity", "wait"));
        assertThat(doctor.check(CheckId.PERSONAL_KEY).status()).as("the project was answered").isEqualTo(CheckStatus.OK);
    }

    @Test
    @Tag("DOC-5")
    void aProjectTokenThatPostHogRefusesIsWrong() {
        doctor.token = refused(401, "Project API key invalid.");

        assertThat(doctor.check(CheckId.PROJECT_KEY)).satisfies(
                failed("PostHog does not recognize it", "quarkus.posthog.project-api-key"));
        assertThat(doctor.check(CheckId.INGESTION_HOST).status()).isEqualTo(CheckStatus.OK);
        assertThat(doctor.check(CheckId.SECURE_KEY).status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-6")
    void aPersonalKeyThatPostHogRefusesIsWrong() {
        doctor.key = refused(401, INVALID);
        doctor.project = refused(401, INVALID);

        CheckReport report = doctor.report();

        assertThat(report.check(CheckId.PERSONAL_KEY)).satisfies(failed(INVALID, "quarkus.posthog.personal-api-key"));
        assertThat(report.check(CheckId.SCOPES).status()).isEqualTo(CheckStatus.SKIPPED);
        assertThat(report.check(CheckId.PROJECT).status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-6")
    void aKeyThatCantAskForItselfIsRightWhenItReadsTheProject() {
        doctor.key = refused(401, INVALID);

        CheckReport report = doctor.report();

        assertThat(report.check(CheckId.PERSONAL_KEY).status()).isEqualTo(CheckStatus.OK);
        assertThat(report.check(CheckId.SCOPES)).isEqualTo(
                Check.skipped(CheckId.SCOPES, "PostHog did not return the scopes of the key"));
    }

    @Test
    @Tag("DOC-7")
    void scopesThatAreMissingAreNamedWithWhatTheyAreFor() {
        doctor.key = ok(new Key(List.of("query:read", "feature_flag:write", "project:read", "insight:read", "cohort:read"),
                null, null));

        CheckReport report = doctor.report();

        assertThat(report.check(CheckId.SCOPES)).satisfies(
                warning("cannot be used for persons and cohort members (person:read), dashboards (dashboard:read)",
                        "add the scope"));
        assertThat(report.scopes()).filteredOn(scope -> !scope.granted()).extracting(KeyScope::scope)
                .containsExactly("person:read", "dashboard:read");
    }

    @Test
    @Tag("DOC-7")
    void flagsThatAreToBeEvaluatedHereNeedTheScopeToReadThem() {
        TestDoctor local = TestDoctor.with("project-api-key", TestDoctor.PROJECT_KEY, "personal-api-key",
                TestDoctor.PERSONAL_KEY, "flags.local-evaluation", "true");
        local.key = ok(new Key(List.of("query:read"), null, null));

        assertThat(local.check(CheckId.SCOPES)).satisfies(
                failed("feature_flag:read", "quarkus.posthog.feature-flags-secure-key"));
    }

    @Test
    @Tag("DOC-8")
    void theProjectIsNamed() {
        assertThat(doctor.check(CheckId.PROJECT)).isEqualTo(Check.ok(CheckId.PROJECT, "'Shop', ID 4242"));
    }

    @Test
    @Tag("DOC-8")
    void whereTheProjectMayChangeTheReportSaysHowToKeepIt() {
        assertThat(TestDoctor.with("personal-api-key", TestDoctor.PERSONAL_KEY).check(CheckId.PROJECT).nextStep())
                .hasValueSatisfying(step -> assertThat(step).startsWith("set quarkus.posthog.project-id=4242"));
    }

    @Test
    @Tag("DOC-8")
    void aProjectWithAnotherTokenIsNotTheOneThatEventsGoTo() {
        doctor.project = ok(new Project(4242L, "Shop", "phc_another"));

        assertThat(doctor.check(CheckId.PROJECT)).satisfies(
                failed("data is read from 'Shop'", "from the settings of the same project"));
    }

    @Test
    @Tag("DOC-8")
    void aProjectThatIsNotThereIsWrong() {
        doctor.project = fails(Refusals.of(404, "invalid_request", "Project not found."));

        assertThat(doctor.check(CheckId.PROJECT)).satisfies(failed("no project 4242", "quarkus.posthog.project-id"));
    }

    @Test
    @Tag("DOC-8")
    void aKeyForOtherProjectsIsNamedAsSuch() {
        doctor.key = ok(new Key(List.of("*"), List.of(1L, 2L), null));
        doctor.project = refused(403, "You don't have access to the project.");

        assertThat(doctor.check(CheckId.PROJECT))
                .satisfies(failed("no access to project 4242, only to [1, 2]", "one of these"));
    }

    @Test
    @Tag("DOC-8")
    void withoutTheScopeToAskForItTheProjectIsNotJudged() {
        doctor.project = refused(403, "API key missing required scope 'project:read'");

        assertThat(doctor.check(CheckId.PROJECT).status()).isEqualTo(CheckStatus.SKIPPED);
        assertThat(doctor.check(CheckId.PROJECT).found()).contains("project:read");
    }

    @Test
    @Tag("DOC-9")
    void aSecureKeyThatPostHogRefusesIsWrong() {
        doctor.remoteConfig = refused(401, "Invalid token.");
        assertThat(doctor.check(CheckId.SECURE_KEY)).satisfies(
                failed("PostHog does not recognize it", "quarkus.posthog.feature-flags-secure-key"));

        doctor.remoteConfig = refused(403, "Not yours.");
        assertThat(doctor.check(CheckId.SECURE_KEY)).satisfies(
                failed("does not belong to the project of the project token", "of the same project"));
    }

    @Test
    @Tag("DOC-10")
    void hostsOfTwoRegionsDontFit() {
        assertThat(TestDoctor.of("host", "https://eu.posthog.com", "ingestion-host", "https://us.i.posthog.com")
                .check(CheckId.REGION)).satisfies(failed(
                        "events and flag requests go to PostHog Cloud US, all other requests to "
                                + "PostHog Cloud EU",
                        "remove quarkus.posthog.ingestion-host"));
    }

    @Test
    @Tag("DOC-10")
    void keysThatOneRegionDoesNotKnowMayBeOfTheOther() {
        doctor.key = refused(401, INVALID);
        doctor.project = refused(401, INVALID);
        doctor.token = refused(401, "Project API key invalid.");

        assertThat(doctor.check(CheckId.REGION)).satisfies(
                warning("does not recognize project-api-key and personal-api-key; keys of PostHog Cloud EU are only valid there",
                        "set quarkus.posthog.host=https://eu.posthog.com"));
    }

    @Test
    @Tag("DOC-10")
    void whatIsNotPostHogCloudHasNoRegion() {
        assertThat(TestDoctor.of("host", "https://posthog.example.com").check(CheckId.REGION).status())
                .isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-11")
    void aClockThatIsWrongIsNoticed() {
        doctor.token = at("Fri, 20 Nov 2026 09:50:00 GMT", "{\"flags\": {}}".getBytes());
        assertThat(doctor.check(CheckId.CLOCK)).satisfies(warning("599 s ahead of PostHog's", "NTP"));

        doctor.token = at("Fri, 20 Nov 2026 10:10:00 GMT", "{\"flags\": {}}".getBytes());
        assertThat(doctor.check(CheckId.CLOCK)).satisfies(warning("600 s behind PostHog's", "NTP"));
    }

    @Test
    @Tag("DOC-12")
    void eventsThatCantBeDeliveredAreTrouble() {
        doctor.capture = capture(Map.of(), "PostHog account 'default', capture: can't reach https://us.i.posthog.com");
        assertThat(doctor.check(CheckId.QUEUE)).satisfies(
                failed("3 queued; the last request failed: can't reach", "2026-11-20T10:00:05Z"));

        doctor.capture = capture(Map.of(DropReason.QUEUE_FULL, 4L, DropReason.SAMPLED_OUT, 100L), null);
        assertThat(doctor.check(CheckId.QUEUE)).satisfies(warning("4 dropped: {QUEUE_FULL=4}", "see the warnings of the log"));

        doctor.capture = capture(Map.of(DropReason.OPTED_OUT, 4L), null);
        doctor.optedOut = true;
        assertThat(doctor.check(CheckId.QUEUE).status()).isEqualTo(CheckStatus.SKIPPED);
    }

    @Test
    @Tag("DOC-13")
    void definitionsThatAreNotLoadedAreTrouble() {
        doctor.definitions = new FlagDefinitionsStatus(true, false, 0, Optional.empty(), Optional.empty(),
                Optional.of("PostHog account 'default', loadFlags: no answer"));
        assertThat(doctor.check(CheckId.DEFINITIONS))
                .satisfies(failed("PostHog evaluates all flags: no answer", "resolve the reported failure"));

        doctor.definitions = new FlagDefinitionsStatus(true, true, 5, Optional.of(Origin.POSTHOG),
                Optional.of(TestDoctor.NOW), Optional.of("no answer"));
        assertThat(doctor.check(CheckId.DEFINITIONS)).satisfies(warning("5 flags", "resolve the reported failure"));

        doctor.definitions = new FlagDefinitionsStatus(true, true, 5, Optional.of(Origin.POSTHOG),
                Optional.of(TestDoctor.NOW), Optional.empty());
        assertThat(doctor.check(CheckId.DEFINITIONS).status()).isEqualTo(CheckStatus.OK);
    }

    @Test
    @Tag("DOC-14")
    void aCheckThatBreaksFailsAloneAndSaysWhy() {
        doctor.capture = null;

        CheckReport report = doctor.report();

        assertThat(report.check(CheckId.QUEUE))
                .satisfies(failed("the check failed unexpectedly: java.lang.NullPointerException", ""));
        assertThat(report.troubles()).hasSize(1);
    }

    @Test
    @Tag("DOC-14")
    void whatThrowsInsteadOfAnsweringIsAFailedCheck() {
        doctor.key = fails(new IllegalStateException("something else"));
        doctor.project = fails(new IllegalStateException("something else"));

        assertThat(doctor.check(CheckId.API_HOST)).satisfies(failed("something else", ""));
    }

    @Test
    @Tag("DOC-14")
    void itTakesNoLongerThanTheTimeout() {
        TestDoctor impatient = TestDoctor.of("check.timeout", "50ms");
        impatient.key = Uni.createFrom().nothing();
        impatient.token = Uni.createFrom().nothing();
        impatient.project = Uni.createFrom().nothing();

        assertThat(impatient.report().troubles()).extracting(Check::id)
                .containsExactly(CheckId.INGESTION_HOST, CheckId.API_HOST);
    }

    @Test
    @Tag("DOC-1")
    void whatAnAccountHasNoKeyForIsSkipped() {
        CheckReport report = TestDoctor.with("project-api-key", TestDoctor.PROJECT_KEY).report();

        assertThat(report.troubles()).isEmpty();
        assertThat(report.checks().stream().filter(check -> check.status() == CheckStatus.SKIPPED).map(Check::id))
                .containsExactlyElementsOf(EnumSet.copyOf(Set.of(CheckId.API_HOST, CheckId.PERSONAL_KEY, CheckId.SCOPES,
                        CheckId.PROJECT, CheckId.SECURE_KEY, CheckId.DEFINITIONS)));
    }

    @Test
    @Tag("DOC-1")
    void theSummaryHasTheNextStepOfEachTrouble() {
        doctor.token = refused(401, "Project API key invalid.");

        assertThat(doctor.report().summary().lines()).containsExactly(
                "PostHog account 'default': 1 of 12 checks failed, 1 warns (0 ms)",
                "FAILED  project key: PostHog does not recognize it (status 401: Project API key invalid.), and silently "
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
            assertThat(check.found()).contains(found);
            assertThat(check.nextStep()).hasValueSatisfying(step -> assertThat(step).contains(nextStep));
        };
    }
}
