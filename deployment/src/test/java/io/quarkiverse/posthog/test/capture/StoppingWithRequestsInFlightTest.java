package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import jakarta.inject.Inject;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** The application stops while each kind of request waits for a response that does not come in time. */
class StoppingWithRequestsInFlightTest {

    private static final Log LOG = new Log();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class, SilentServer.class))
            .setBeforeAllCustomizer(LOG::begin)
            .setAfterUndeployListener(() -> {
                LOG.close();
                checkLog();
            });

    @Inject
    PostHogAccounts accounts;

    @Test
    @Tag("SHD-15")
    void noneOfThemIsLoggedAsAnError() throws IOException {
        SilentServer server = new SilentServer();
        for (int i = 0; i < 3; i++) {
            PostHog account = accounts.open("account-" + i, AccountSettings.create().host(server.url()).projectId(1)
                    .projectApiKey("phc_silent").personalApiKey("phx_silent").set("capture.shutdown-timeout", "500ms")
                    .set("read-timeout", "1m").set("flags.timeout", "1m"));
            ignore(account.cohorts().page(CohortQuery.create()));
            ignore(account.persons().list(PersonQuery.create()).collect().asList());
            ignore(account.queryRows("SELECT 1").collect().asList());
            ignore(account.evaluateFlags("zoe"));
            ignore(account.captureImmediate(CaptureEvent.of("now", "zoe")));
            ignore(account.captureAll(Multi.createFrom().item(CaptureEvent.of("streamed", "zoe"))));
            account.capture(CaptureEvent.of("queued", "zoe"));
            account.captureAi(CaptureEvent.of("$ai_generation", "zoe"));
            ignore(account.flush());
        }
        PostHog local = accounts.open("local", AccountSettings.create().host(server.url()).projectId(1)
                .projectApiKey("phc_silent").set("feature-flags-secure-api-key", "phs_silent")
                .set("flags.definitions.startup-timeout", "0s").set("flags.timeout", "1m"));
        ignore(local.evaluateFlags("zoe"));

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> server.requests() > 3 * 8);
    }

    @Test
    @Tag("SHD-15")
    void theFailureThatACallerGetsHasNoStackTrace() throws IOException {
        PostHog account = accounts.open("closed", AccountSettings.create().host(new SilentServer().url()).projectId(1)
                .projectApiKey("phc_silent").personalApiKey("phx_silent"));
        UniAssertSubscriber<?> page = account.cohorts().page(CohortQuery.create()).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        accounts.close("closed");

        assertThat(page.awaitFailure().getFailure()).isInstanceOf(PostHogConnectionException.class)
                .hasMessage("PostHog account 'closed', cohorts.page: the account was closed").hasNoCause()
                .extracting(Throwable::getStackTrace).asInstanceOf(InstanceOfAssertFactories.ARRAY).isEmpty();
    }

    private static void ignore(Uni<?> uni) {
        uni.subscribe().with(item -> {
        }, failure -> {
        });
    }

    private static void checkLog() {
        assertThat(LOG.records).as(() -> LOG.records.stream().map(LogRecord::getMessage).toList().toString()).hasSize(3)
                .allMatch(record -> record.getLevel().intValue() <= Level.WARNING.intValue())
                .allMatch(record -> record.getThrown() == null);
    }

    /** Records warnings and errors, also those that are logged when the application has ended. */
    private static final class Log extends Handler {

        private final List<Logger> loggers = List.of(Logger.getLogger("io.quarkiverse.posthog"),
                Logger.getLogger("io.quarkus.mutiny"));
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        void begin() {
            loggers.forEach(logger -> logger.addHandler(this));
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                records.add(record);
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered
        }

        @Override
        public void close() {
            loggers.forEach(logger -> logger.removeHandler(this));
        }
    }

    /** Receives requests and does not respond. */
    public static final class SilentServer {

        private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private final AtomicInteger requests = new AtomicInteger();

        SilentServer() throws IOException {
            start(() -> {
                while (true) {
                    Socket socket = server.accept();
                    start(() -> count(socket));
                }
            });
        }

        URI url() {
            return URI.create("http://localhost:" + server.getLocalPort());
        }

        int requests() {
            return requests.get();
        }

        private Void count(Socket socket) throws IOException {
            try (socket) {
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    requests.addAndGet(line.endsWith(" HTTP/1.1") ? 1 : 0);
                }
                return null;
            }
        }

        private static void start(Callable<Void> task) {
            FutureTask<Void> future = new FutureTask<>(task);
            Thread thread = new Thread(future, "silent-server");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
