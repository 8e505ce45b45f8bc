package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;

/** Exceptions that nobody catches. */
class DelegatingUncaughtExceptionHandlerTest {

    private final UncaughtExceptionHandler original = Thread.getDefaultUncaughtExceptionHandler();
    private final PrintStream error = System.err;
    private final Vertx vertx = Vertx.vertx();
    private final List<Throwable> passedOn = new ArrayList<>();
    private final TestErrors test = TestErrors.of("exceptions.autocapture.enabled", "true");
    private final ExceptionReporter reporter = test.reporter(ExceptionSource.UNCAUGHT);

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(original);
        System.setErr(error);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Tag("EEM-6")
    @Tag("EXC-10")
    void anExceptionThatEndsAThreadIsCapturedAndPassedOn() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> passedOn.add(thrown));
        DelegatingUncaughtExceptionHandler.watch(reporter, vertx);

        Throwable thrown = endThread();

        assertThat(passedOn).containsExactly(thrown);
        JsonNode event = test.capture.sent().get(0);
        assertThat(event.at("/properties/$exception_source").asText())
                .isEqualTo("java.thread_uncaught_exception_handler");
        assertThat(event.at("/properties/thread_name").asText()).isEqualTo("doomed");
        assertThat(TestErrors.list(event).get(0).at("/mechanism/handled").asBoolean(true)).isFalse();
    }

    @Test
    @Tag("EXC-10")
    void withoutAnotherHandlerTheExceptionIsPrinted() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(null);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        endThread();
        String asJavaDoes = printed.toString(StandardCharsets.UTF_8);
        printed.reset();

        DelegatingUncaughtExceptionHandler.watch(reporter, vertx);
        endThread();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(asJavaDoes).contains("doomed", "boom");
    }

    @Test
    @Tag("EXC-10")
    void anExceptionInVertxIsCapturedAndPassedOn() {
        vertx.exceptionHandler(passedOn::add);
        DelegatingUncaughtExceptionHandler.watch(reporter, vertx);
        IllegalStateException thrown = new IllegalStateException("boom");

        vertx.exceptionHandler().handle(thrown);

        assertThat(passedOn).containsExactly(thrown);
        assertThat(test.capture.sent()).singleElement().satisfies(event -> assertThat(
                event.at("/properties/$exception_source").asText()).isEqualTo("vertx.exception_handler"));
    }

    @Test
    @Tag("EXC-10")
    void atTheEndEverythingIsAsItWas() {
        UncaughtExceptionHandler ofThreads = (thread, thrown) -> passedOn.add(thrown);
        Handler<Throwable> ofVertx = passedOn::add;
        Thread.setDefaultUncaughtExceptionHandler(ofThreads);
        vertx.exceptionHandler(ofVertx);

        DelegatingUncaughtExceptionHandler.watch(reporter, vertx).run();

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(ofThreads);
        assertThat(vertx.exceptionHandler()).isSameAs(ofVertx);
    }

    @Test
    void aHandlerThatWasSetLaterIsKept() {
        Runnable restore = DelegatingUncaughtExceptionHandler.watch(reporter, vertx);
        UncaughtExceptionHandler later = (thread, thrown) -> passedOn.add(thrown);
        Thread.setDefaultUncaughtExceptionHandler(later);

        restore.run();

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(later);
    }

    private static Throwable endThread() throws InterruptedException {
        IllegalStateException thrown = new IllegalStateException("boom");
        thrown.setStackTrace(new StackTraceElement[0]);
        Thread thread = new Thread(() -> {
            throw thrown;
        }, "doomed");
        thread.start();
        thread.join();
        return thrown;
    }
}
