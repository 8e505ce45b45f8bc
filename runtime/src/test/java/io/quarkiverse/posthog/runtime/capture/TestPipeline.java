package io.quarkiverse.posthog.runtime.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.capture.event.CaptureHooks;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Capturing of an account, with PostHog, the clock and the background in the hands of the test. */
public final class TestPipeline {

    public static final String KEY = "phc_test";

    public final IngestionStub postHog = new IngestionStub();
    public final ManualBackground background = new ManualBackground();
    public final News news = new News();
    public final List<CaptureListener> listeners = new ArrayList<>(List.of(news));
    /** What is known of the request that the test plays. */
    public RequestData inRequest = RequestData.NONE;
    public final CapturePipeline pipeline;

    private TestPipeline(Function<List<CaptureListener>, CaptureHooks> hooks, String... properties) {
        this(hooks, null, properties);
    }

    private TestPipeline(Function<List<CaptureListener>, CaptureHooks> hooks, CaptureChannel channel, String... properties) {
        ResolvedAccountConfig account = TestAccounts.account(properties);
        pipeline = new CapturePipeline(TestAccounts.calls(postHog, account),
                background, hooks.apply(listeners), () -> channel, () -> inRequest, "1.2.3").resumed();
    }

    /** Events are written to a channel. */
    static TestPipeline of(CaptureChannel channel, List<BeforeSend> hooks, String... properties) {
        return new TestPipeline(listeners -> new CaptureHooks("default", () -> hooks, () -> listeners), channel,
                Stream.concat(Stream.of("project-api-key", KEY, "capture.channel", "events"), Stream.of(properties))
                        .toArray(String[]::new));
    }

    /** @param properties names below {@code quarkus.posthog.}, each followed by its value */
    public static TestPipeline of(String... properties) {
        return of(List.of(), properties);
    }

    public static TestPipeline of(List<BeforeSend> hooks, String... properties) {
        return of(() -> hooks, properties);
    }

    /** @param hooks looks the hooks up */
    public static TestPipeline of(Supplier<List<BeforeSend>> hooks, String... properties) {
        return new TestPipeline(listeners -> new CaptureHooks("default", hooks, () -> listeners),
                Stream.concat(Stream.of("project-api-key", KEY), Stream.of(properties)).toArray(String[]::new));
    }

    public static TestPipeline of(CaptureHooks hooks) {
        return new TestPipeline(listeners -> hooks, "project-api-key", KEY);
    }

    static TestPipeline withoutKey() {
        return new TestPipeline(listeners -> new CaptureHooks("default", List::of, () -> listeners));
    }

    public Optional<UUID> capture(String name) {
        return pipeline.capture(CaptureRequest.of(CaptureEvent.of(name, "zoey")));
    }

    /** Captures events with the names {@code 1}, {@code 2} and so on. */
    void captureNumbers(int from, int to) {
        for (int i = from; i <= to; i++) {
            capture("" + i);
        }
    }

    public CaptureStatus status() {
        return pipeline.status();
    }

    /** Begins to flush, without doing anything in the background. */
    UniAssertSubscriber<CaptureStatus> flushing() {
        return pipeline.flush().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** Flushes, which has to end without time passing. */
    public CaptureStatus flush() {
        UniAssertSubscriber<CaptureStatus> flush = flushing();
        background.run();
        return flush.assertCompleted().getItem();
    }

    /** Everything that was captured until now, as PostHog gets it. */
    public List<JsonNode> sent() {
        flush();
        return postHog.requests().stream().flatMap(request -> request.events().stream()).toList();
    }

    /** The pause after a failure at the least. */
    public void retry() {
        background.advance(Duration.ofSeconds(30));
    }

    public void close() throws Exception {
        background.during(pipeline::close);
    }

    /** What the listeners of the application are told. */
    public static final class News implements CaptureListener {

        public final List<DeliveredEvent> delivered = new ArrayList<>();
        public final List<DroppedEvent> dropped = new ArrayList<>();
        public final List<DeliveryAttempt> attempts = new ArrayList<>();
        /** Thrown instead of anything else; null for none. */
        volatile Error broken;

        @Override
        public synchronized void onDelivered(DeliveredEvent event) {
            add(delivered, event);
        }

        @Override
        public synchronized void onDropped(DroppedEvent event) {
            add(dropped, event);
        }

        @Override
        public synchronized void onAttempt(DeliveryAttempt attempt) {
            add(attempts, attempt);
        }

        private <T> void add(List<T> list, T news) {
            if (broken != null) {
                throw broken;
            }
            list.add(news);
        }

        public List<String> deliveredNames() {
            return delivered.stream().map(news -> news.event().event()).toList();
        }

        public List<String> droppedNames() {
            return dropped.stream().map(news -> news.event().event()).toList();
        }
    }
}
