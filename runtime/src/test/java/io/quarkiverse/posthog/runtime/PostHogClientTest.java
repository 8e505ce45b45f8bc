package io.quarkiverse.posthog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.metrics.AccountMetricsFactory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** An account that can't be put together is no reason for the application to fail. */
class PostHogClientTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.runtime.PostHogClient");

    private final AtomicInteger attempts = new AtomicInteger();
    private final PostHogClient unusable = client(() -> {
        attempts.incrementAndGet();
        throw new IllegalStateException("no such proxy");
    });

    @Test
    @Tag("CAP-9")
    void capturingDoesNotThrow() {
        assertThat(unusable.capture(CaptureEvent.of("viewed", "zoe"))).isEmpty();
        assertThat(unusable.captureAi(CaptureEvent.of("$ai_generation", "zoe"))).isEmpty();
        assertThat(unusable.captureException(new IllegalStateException("boom"))).isEmpty();
    }

    @Test
    @Tag("FLG-3")
    void flagsHaveTheirDefaults() {
        assertThat(now(unusable.isFeatureEnabled("beta", "zoe", true))).isTrue();
        assertThat(now(unusable.evaluateFlags("zoe")).keys()).isEmpty();
        assertThat(unusable.evaluateFlagsLocally(FlagContext.of("zoe")).isEnabled("beta", true)).isTrue();
    }

    @Test
    void whatMayFailFailsWhenItIsSubscribedTo() {
        unusable.captureNow(CaptureEvent.of("viewed", "zoe")).subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class, "no such proxy");
        unusable.queryRows("select 1").subscribe().withSubscriber(AssertSubscriber.create(1))
                .assertFailedWith(IllegalStateException.class, "no such proxy");
        unusable.check().subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class, "no such proxy");
    }

    @Test
    void isTriedOnceAndLoggedOnce() {
        for (int i = 0; i < 10; i++) {
            unusable.capture(CaptureEvent.of("viewed", "zoe"));
        }

        assertThat(attempts).hasValue(1);
        assertThat(log.lines()).singleElement().asString()
                .contains("PostHog account 'default' can't be used", "no such proxy");
    }

    @Test
    void lookingAtItDoesNotPutItTogether() {
        assertThat(unusable.captureStatus().queued()).isZero();
        assertThat(unusable.isOptedOut()).isFalse();
        assertThat(unusable.flagDefinitions().enabled()).isFalse();

        assertThat(attempts).hasValue(0);
    }

    @Test
    void whatItIsPutTogetherWithCantUseIt() {
        AtomicReference<PostHogClient> itself = new AtomicReference<>();
        PostHogClient nested = client(() -> {
            assertThat(itself.get().capture(CaptureEvent.of("customized", "zoe"))).isEmpty();
            throw new IllegalStateException("put together");
        });
        itself.set(nested);

        assertThat(nested.capture(CaptureEvent.of("viewed", "zoe"))).isEmpty();

        assertThat(log.lines()).satisfiesExactly(nestedOne -> assertThat(nestedOne).contains("during its own initialization"),
                outerOne -> assertThat(outerOne).endsWith("put together"));
    }

    @Test
    @Tag("SHD-14")
    void isNotPutTogetherAnyMoreWhenItIsClosed() {
        AtomicInteger closed = new AtomicInteger();
        PostHogClient client = new PostHogClient(TestAccounts.account("project-api-key", "phc_test"), () -> {
            throw new AssertionError("the application has ended");
        }, () -> {
            closed.incrementAndGet();
            throw new IllegalStateException("closed");
        }, AccountMetricsFactory.NONE.of("default"));

        client.close();
        client.close();

        assertThat(closed).hasValue(0);
        assertThat(client.capture(CaptureEvent.of("late", "zoe"))).isEmpty();
        assertThat(closed).hasValue(1);
    }

    private static <T> T now(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted().getItem();
    }

    private static PostHogClient client(Supplier<AccountComponents> factory) {
        return new PostHogClient(TestAccounts.account("project-api-key", "phc_test"), factory, factory,
                AccountMetricsFactory.NONE.of("default"));
    }
}
