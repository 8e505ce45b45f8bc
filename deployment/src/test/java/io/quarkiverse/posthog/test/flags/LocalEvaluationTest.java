package io.quarkiverse.posthog.test.flags;

import static io.quarkiverse.posthog.test.flags.DefinitionsServer.SECURE_KEY;
import static io.quarkiverse.posthog.test.flags.DefinitionsServer.json;
import static io.quarkiverse.posthog.test.flags.DefinitionsServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Vertx;

/** An application that evaluates flags in its own process, from its start to its end. */
class LocalEvaluationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, DefinitionsServer.class, AtTheStart.class,
                    Changes.class))
            .setBeforeAllCustomizer(() -> DefinitionsServer.reset().answers(PostHogStub.PROJECT_KEY,
                    json("at-the-start").withFixedDelay(700)))
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", SECURE_KEY)
            .overrideConfigKey("quarkus.posthog.flags.definitions.startup-timeout", "10s")
            .overrideConfigKey("quarkus.posthog.flags.send-feature-flag-events", "false")
            .setLogRecordPredicate(
                    record -> record.getLoggerName().matches("io\\.(quarkiverse\\.posthog|quarkus\\.mutiny)\\..*"))
            .assertLogRecords(LocalEvaluationTest::areTidy);

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    @Inject
    AtTheStart atTheStart;

    @Inject
    Changes changes;

    @Inject
    Vertx vertx;

    private final DefinitionsServer server = new DefinitionsServer();

    @BeforeEach
    void answer() {
        server.flags(PostHogStub.PROJECT_KEY, "beta-ui");
    }

    @Test
    @Tag("FDL-13")
    void theApplicationHasDefinitionsFromItsStart() {
        assertThat(atTheStart.enabled).isTrue();
        LoggedRequest request = server.requests(PostHogStub.PROJECT_KEY).get(0);
        assertThat(request.getUrl())
                .isEqualTo("/flags/definitions?token=" + PostHogStub.PROJECT_KEY + "&send_cohorts=");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + SECURE_KEY);
        assertThat(request.getHeader("User-Agent")).startsWith("quarkus-posthog/");
        assertThat(request.containsHeader("If-None-Match")).isFalse();
    }

    @Test
    @Tag("FDL-3")
    void whatHasNotChangedIsNotSentAgain() {
        reload(postHog);
        int before = server.requests(PostHogStub.PROJECT_KEY).size();

        FlagDefinitionsStatus status = reload(postHog);

        assertThat(status.lastFailure()).isEmpty();
        assertThat(status.flagCount()).isEqualTo(1);
        assertThat(server.requests(PostHogStub.PROJECT_KEY)).hasSize(before + 1).last()
                .extracting(request -> request.getHeader("If-None-Match")).isEqualTo("W/\"beta-ui\"");
    }

    @Test
    @Tag("FDL-15")
    void theApplicationIsNotifiedOfChangedFlags() {
        reload(postHog);
        server.flags(PostHogStub.PROJECT_KEY, "beta-ui", "another");

        reload(postHog);

        FlagDefinitionsChangedEvent expected = new FlagDefinitionsChangedEvent("default", Set.of("another"));
        Awaitility.await().atMost(PATIENCE).until(() -> changes.all.contains(expected));
    }

    @Test
    @Tag("FDL-5")
    void aUsedUpQuotaTakesThemAwayAndARefusedKeyDoesNot() {
        PostHog account = open("quota", "phc_quota", "beta-ui");
        server.answers("phc_quota", status(401));
        assertThat(reload(account).loaded()).isTrue();

        server.answers("phc_quota", status(402));
        assertThat(reload(account).loaded()).isFalse();

        server.flags("phc_quota", "beta-ui");
        assertThat(reload(account).loaded()).isTrue();
        accounts.close("quota");
    }

    @Test
    @Tag("FDL-2")
    void anOutageKeepsThem() {
        PostHog account = open("outage", "phc_outage", "beta-ui");
        server.answers("phc_outage", status(503));

        assertThat(reload(account).lastFailure().orElseThrow()).contains("PostHog responded with 503");

        assertThat(account.evaluateFlagsLocally("zoe").isEnabled("beta-ui")).isTrue();
        accounts.close("outage");
    }

    @Test
    @Tag("FDL-16")
    void anAccountThatEvaluatesNothingHereLoadsNothing() {
        PostHog account = accounts.open("remote", settings("phc_remote").set("flags.local-evaluation", "false"));
        PostHog keyless = accounts.open("keyless", AccountSettings.create().host(URI.create(PostHogStub.url()))
                .projectApiKey("phc_keyless").personalApiKey(PostHogStub.PERSONAL_KEY));

        for (PostHog none : List.of(account, keyless)) {
            FlagDefinitionsStatus status = reload(none);
            assertThat(status.enabled()).isFalse();
            assertThat(none.evaluateFlagsLocally("zoe").keys()).isEmpty();
            assertThat(server.requests("phc_" + none.account())).isEmpty();
            accounts.close(none.account());
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().toLowerCase(Locale.ROOT).contains("posthog"));
    }

    @Test
    @Tag("FDL-1")
    void aPersonalKeyWillDo() {
        server.flags("phc_personal", "beta-ui");
        PostHog account = accounts.open("personal", AccountSettings.create().host(URI.create(PostHogStub.url()))
                .projectApiKey("phc_personal").personalApiKey(PostHogStub.PERSONAL_KEY)
                .set("flags.local-evaluation", "true").set("flags.send-feature-flag-events", "false"));

        assertThat(evaluate(account).isEnabled("beta-ui")).isTrue();

        assertThat(server.requests("phc_personal")).singleElement()
                .extracting(request -> request.getHeader("Authorization"))
                .isEqualTo("Bearer " + PostHogStub.PERSONAL_KEY);
        accounts.close("personal");
    }

    @Test
    @Tag("FDL-1")
    void localEvaluationRequiresAKey() {
        AccountSettings settings = AccountSettings.create().projectApiKey("phc_only")
                .set("flags.local-evaluation", "true");

        assertThatThrownBy(() -> accounts.open("only", settings)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quarkus.posthog.\"only\".flags.local-evaluation is true, which requires "
                        + "quarkus.posthog.\"only\".feature-flags-secure-api-key");
    }

    @Test
    @Tag("FDL-13")
    void anAccountThatIsOpenedOnAnEventLoopDoesNotBlockItAndItsEvaluationsWait() throws Exception {
        server.answers("phc_late", json("beta-ui").withFixedDelay(500));
        CompletableFuture<Boolean> atOnce = new CompletableFuture<>();
        CompletableFuture<Boolean> later = new CompletableFuture<>();

        vertx.getOrCreateContext().runOnContext(ignored -> {
            PostHog account = accounts.open("late", settings("phc_late"));
            atOnce.complete(account.evaluateFlagsLocally("zoe").isEnabled("beta-ui"));
            account.evaluateFlags("zoe").map(flags -> flags.isEnabled("beta-ui")).subscribe()
                    .with(later::complete, later::completeExceptionally);
        });

        assertThat(atOnce.get(10, TimeUnit.SECONDS)).as("not loaded").isFalse();
        assertThat(later.get(10, TimeUnit.SECONDS)).isTrue();
        accounts.close("late");
    }

    @Test
    @Tag("FDL-17")
    void anAccountThatIsClosedIsNotPolledFor() {
        server.flags("phc_closed", "beta-ui").flags("phc_open", "beta-ui");
        accounts.open("closed", settings("phc_closed").set("flags.definitions.poll-interval", "20ms"));
        Awaitility.await().atMost(PATIENCE).until(() -> server.requests("phc_closed").size() > 3);

        accounts.close("closed");
        accounts.open("open", settings("phc_open").set("flags.definitions.poll-interval", "20ms"));
        Awaitility.await().atMost(PATIENCE).until(() -> server.requests("phc_open").size() > 2);
        int until = server.requests("phc_closed").size();
        Awaitility.await().atMost(PATIENCE).until(() -> server.requests("phc_open").size() > 10);

        assertThat(server.requests("phc_closed")).hasSize(until);
        accounts.close("open");
    }

    @Test
    @Tag("FDL-14")
    void aCopyOnDiskDoesDuringAnOutage() throws IOException {
        Path directory = Files.createTempDirectory("definitions").resolve("new");
        server.flags("phc_disk", "beta-ui");
        AccountSettings settings = settings("phc_disk").set("flags.definitions.cache-directory", directory.toString());
        reload(accounts.open("disk", settings));
        accounts.close("disk");
        server.answers("phc_disk", status(503));

        PostHog account = accounts.open("disk", settings);

        assertThat(evaluate(account).isEnabled("beta-ui")).isTrue();
        assertThat(account.flagDefinitionsStatus().origin()).contains(Origin.DISK);
        assertThat(directory).isDirectoryContaining("glob:**/flag-definitions-*");
        accounts.close("disk");
    }

    private PostHog open(String name, String token, String... flags) {
        server.flags(token, flags);
        PostHog account = accounts.open(name, settings(token));
        assertThat(evaluate(account).keys()).containsOnly(flags);
        // The definitions are used before the first load is over, which a reload of the test would share
        reload(account);
        return account;
    }

    private static AccountSettings settings(String token) {
        return AccountSettings.create().host(URI.create(PostHogStub.url())).projectApiKey(token)
                .featureFlagsSecureApiKey(SECURE_KEY).set("flags.send-feature-flag-events", "false");
    }

    private static FlagSnapshot evaluate(PostHog account) {
        return account.evaluateFlags("zoe").await().atMost(PATIENCE);
    }

    private static FlagDefinitionsStatus reload(PostHog account) {
        return account.reloadFlagDefinitions().await().atMost(PATIENCE);
    }

    /** They show no key, and nothing of loads that ended with their account. */
    private static void areTidy(List<LogRecord> records) {
        PatternFormatter formatter = new PatternFormatter("%p %s%e");
        List<String> lines = records.stream().map(formatter::format).toList();

        assertThat(lines).as("something went wrong in these tests")
                .anyMatch(line -> line.startsWith("WARN PostHog account 'quota': flag definitions could not be loaded"));
        assertThat(lines).noneMatch(line -> line.contains("had to drop"));
        assertThat(lines).noneMatch(line -> Pattern.compile("ph[cxs]_\\w").matcher(line).find());
    }

    @Singleton
    public static class AtTheStart {

        @Inject
        PostHog postHog;

        boolean enabled;

        void start(@Observes StartupEvent event) {
            enabled = postHog.evaluateFlagsLocally("zoe").isEnabled("at-the-start");
        }
    }

    @Singleton
    public static class Changes {

        final List<FlagDefinitionsChangedEvent> all = new CopyOnWriteArrayList<>();

        void changed(@ObservesAsync FlagDefinitionsChangedEvent changed) {
            if (changed.account().equals("default")) {
                all.add(changed);
            }
        }
    }
}
