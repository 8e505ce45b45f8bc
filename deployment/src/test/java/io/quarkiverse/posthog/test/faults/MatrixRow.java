package io.quarkiverse.posthog.test.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.test.faults.FaultyResponse.Effect;
import io.smallrye.mutiny.Uni;

/** One unexpected response against everything that sends requests. */
final class MatrixRow {

    static final String[] KEYS = { "phc_matrixProjectToken", "phx_matrixPersonalKey", "phs_matrixSecureKey" };

    private static final int EVENTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration FLAGS_TIMEOUT = Duration.ofMillis(800);
    /** For a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    /** The longest pause that PostHog may ask for, see {@code capture.retry.max-delay}. */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(31);

    private final FaultyResponse row;
    private final PostHogAccounts accounts;
    private RawHttpServer server;

    MatrixRow(FaultyResponse row, PostHogAccounts accounts) {
        this.row = row;
        this.accounts = accounts;
    }

    void run(Map<Column, String> results) {
        try (RawHttpServer server = new RawHttpServer()) {
            this.server = server;
            with(settings -> settings.personalApiKey(KEYS[1]).featureFlagsSecureApiKey(KEYS[2]), account -> {
                // The first definitions are loaded when the account is opened
                Awaitility.await().atMost(PATIENCE).until(() -> account.flagDefinitionsStatus().loaded());
                results.put(Column.CAPTURE_NOW, cell(() -> captureImmediate(account)));
                results.put(Column.GET, cell(() -> read(account.cohorts().get(55).map(cohort -> cohort.id() == 55))));
                results.put(Column.LIST, cell(() -> read(account.persons().list().map(Person::name).collect().asList()
                        .map(names -> names.equals(List.of("zoe", "max"))))));
                results.put(Column.FLAGS, cell(() -> flags(account)));
                results.put(Column.DEFINITIONS, cell(() -> definitions(account)));
                results.put(Column.QUEUE, cell(() -> queue(account, row.v0())));
            });
            Path directory = Files.createTempDirectory("fault-matrix");
            with(settings -> settings.set("capture.spool.directory", directory.toString()),
                    account -> results.put(Column.SPOOL, cell(() -> queue(account, row.v0()))));
            with(settings -> settings.set("capture.protocol", "v1"),
                    account -> results.put(Column.QUEUE_V1, cell(() -> queue(account, row.v1()))));
        } catch (Exception e) {
            results.put(Column.QUEUE, "the row failed: " + text(e));
        }
    }

    private void with(UnaryOperator<AccountSettings> more, Consumer<PostHog> cells) {
        AccountSettings settings = AccountSettings.create().host(server.url()).projectId(4242).projectApiKey(KEYS[0])
                .readTimeout(Duration.ofMillis(800))
                .set("connect-timeout", "2s").set("retry.initial-delay", "10ms").set("retry.max-delay", "50ms")
                .set("retry.max-retry-after", "1s").set("capture.request-timeout", "1s").set("capture.flush-at", "" + EVENTS)
                .set("capture.flush-interval", "1h").set("capture.retry.initial-delay", "10ms")
                .set("capture.retry.max-delay", "50ms").set("capture.shutdown-timeout", "50ms")
                .set("flags.timeout", FLAGS_TIMEOUT.toMillis() + "ms").set("flags.max-retries", "3")
                .set("flags.send-feature-flag-events", "false").set("flags.definitions.timeout", "1s")
                .set("flags.definitions.poll-interval", "1h").set("flags.definitions.startup-timeout", "0s");
        String name = "matrix-" + UUID.randomUUID();
        PostHog account = accounts.open(name, more.apply(settings));
        try {
            cells.accept(account);
        } finally {
            accounts.close(name);
        }
    }

    private String cell(Callable<String> cell) {
        if (row.early()) {
            server.failingEarly(row.times(), row.response());
        } else {
            server.failing(row.times(), row.response());
        }
        try {
            return Column.OK + " " + cell.call();
        } catch (Exception | AssertionError e) {
            return "failed: " + text(e);
        }
    }

    private String queue(PostHog account, Effect effect) {
        CaptureStatus before = account.captureStatus();
        List<UUID> uuids = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            uuids.add(account.capture(CaptureEvent.of("event-" + i, "zoe")).orElseThrow());
        }
        return switch (effect) {
            case KEPT -> kept(account, before);
            case REJECTED -> rejected(account, before);
            case REDIRECTED -> {
                delivered(account, before, uuids, effect);
                yield redirected();
            }
            default -> {
                delivered(account, before, uuids, effect);
                int requests = server.requests().size();
                // What follows must not get the response to what was before
                account.capture(CaptureEvent.of("event after that", "zoe")).ifPresent(uuids::add);
                delivered(account, before, uuids, effect);
                yield "delivered, " + requests + " requests";
            }
        };
    }

    private void delivered(PostHog account, CaptureStatus before, List<UUID> uuids, Effect effect) {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (dropped(account, before) > 0) {
                    throw new IllegalStateException("dropped");
                }
                account.flush().await().atMost(PATIENCE);
                return account.captureStatus().delivered() - before.delivered() == uuids.size();
            });
        } catch (RuntimeException e) {
            throw new AssertionError("Not delivered: " + account.captureStatus() + ", " + server.requests().size()
                    + " requests", e);
        }
        assertThat(effect == Effect.RETRIED ? server.acknowledged() : server.received())
                .as("events that PostHog has, of those that count as delivered").containsAll(uuids);
    }

    private static long dropped(PostHog account, CaptureStatus before) {
        return account.captureStatus().totalDropped() - before.totalDropped();
    }

    private String rejected(PostHog account, CaptureStatus before) {
        Awaitility.await("an end of the events").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> dropped(account, before) == EVENTS);
        CaptureStatus status = account.captureStatus();
        assertThat(status.dropped(DropReason.REJECTED) + status.dropped(DropReason.TOO_LARGE)
                - before.dropped(DropReason.REJECTED) - before.dropped(DropReason.TOO_LARGE))
                .as("events that PostHog rejected: " + status).isEqualTo(EVENTS);
        assertThat(server.requests()).as("requests").hasSizeLessThanOrEqualTo(row.isSplit() ? 2 * EVENTS : 1);
        return "rejected";
    }

    private String kept(PostHog account, CaptureStatus before) {
        Awaitility.await("a pause").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> account.captureStatus().pausedUntil().isPresent());
        CaptureStatus status = account.captureStatus();
        assertThat(dropped(account, before)).as("dropped events: " + status).isZero();
        assertThat(status.queued()).as("queued events").isEqualTo(EVENTS);
        assertThat(status.pausedUntil().orElseThrow()).isBefore(Instant.now().plus(MAX_PAUSE));
        return "kept";
    }

    /** The same request once for each path. */
    private String redirected() {
        assertThat(server.requests()).hasSize(row.times() + 1).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo(server.requests().get(0).method());
            assertThat(request.body()).isEqualTo(server.requests().get(0).body());
        }).extracting(RawHttpServer.Request::target).doesNotHaveDuplicates();
        return "redirected";
    }

    private String captureImmediate(PostHog account) {
        CaptureStatus before = account.captureStatus();
        UUID uuid = result(account.captureImmediate(CaptureEvent.of("event", "zoe")), row.v0() != Effect.REDIRECTED);
        assertThat(account.captureStatus().dropped(DropReason.ENCODING_FAILED) - before.dropped(DropReason.ENCODING_FAILED))
                .as("events that are said not to be encodable").isZero();
        if (uuid == null) {
            return "an exception of PostHog";
        }
        assertThat(row.v0()).isNotEqualTo(Effect.REJECTED);
        assertThat(row.v0() == Effect.RETRIED ? server.acknowledged() : server.received())
                .as("events that PostHog has").contains(uuid);
        return row.v0() == Effect.REDIRECTED ? redirected() : "acknowledged";
    }

    private String read(Uni<Boolean> correct) {
        Boolean value = result(correct, row.v0() != Effect.REDIRECTED);
        if (value == null) {
            return "an exception of PostHog";
        }
        assertThat(row.v0()).isNotEqualTo(Effect.REJECTED);
        assertThat(value).as("a correct result").isTrue();
        return row.v0() == Effect.REDIRECTED ? redirected() : "read";
    }

    /** The result; null for a documented exception, if there may be one. */
    private <T> T result(Uni<T> uni, boolean mayFail) {
        try {
            return Objects.requireNonNull(uni.await().atMost(PATIENCE), "a result");
        } catch (PostHogException e) {
            assertThat(text(e)).as("keys in an exception").doesNotContain(KEYS);
            assertThat(mayFail).as("may fail: " + e).isTrue();
            if (row.v0() == Effect.REJECTED) {
                assertThat(e).isInstanceOf(PostHogApiException.class);
                assertThat(server.requests()).as("requests").hasSize(1);
            }
            return null;
        } catch (CompletionException e) {
            throw new AssertionError("an exception that is not documented: " + e.getCause(), e.getCause());
        }
    }

    private String flags(PostHog account) {
        long start = System.nanoTime();
        FlagSnapshot flags = account.evaluateFlags(FlagContext.of("zoe").flagKeys("beta").onlyEvaluateRemotely()).await()
                .atMost(PATIENCE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("duration").isLessThan(FLAGS_TIMEOUT.plus(SLACK));
        if (flags.value("beta").isPresent()) {
            assertThat(row.v0()).isNotEqualTo(Effect.REJECTED);
            assertThat(flags.isEnabled("beta")).isTrue();
            return row.v0() == Effect.REDIRECTED ? redirected() : "evaluated";
        }
        assertThat(row.v0()).as("errors " + flags.errors()).isNotEqualTo(Effect.REDIRECTED);
        assertThat(flags.isEnabled("beta", true)).as("the default").isTrue();
        assertThat(flags.errors()).as("errors").isNotEmpty();
        if (!row.readable()) {
            assertThat(flags.errors()).doesNotContain(FlagError.UNKNOWN_ERROR);
        }
        return flags.errors().toString();
    }

    private String definitions(PostHog account) {
        FlagDefinitionsStatus status = account.reloadFlagDefinitions().await().atMost(PATIENCE);
        assertThat(status.loaded()).as("definitions that were there before").isTrue();
        assertThat(account.evaluateFlagsLocally("zoe").isEnabled("beta")).isTrue();
        assertThat(status.lastFailure().orElse("")).doesNotContain(KEYS);
        if (row.v0() == Effect.REDIRECTED) {
            assertThat(status.lastFailure()).isEmpty();
            return redirected();
        }
        if (row.times() == 1) {
            Awaitility.await("definitions after the fault").atMost(PATIENCE)
                    .until(() -> account.reloadFlagDefinitions().await().atMost(PATIENCE).lastFailure().isEmpty());
        }
        return status.lastFailure().isEmpty() ? "loaded" : "kept";
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
