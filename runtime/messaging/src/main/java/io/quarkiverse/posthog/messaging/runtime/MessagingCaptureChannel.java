package io.quarkiverse.posthog.messaging.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.ChannelEvent;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;

/**
 * Writes captured events as JSON to an outgoing channel, whose connector acknowledges them. When the application stops, waits
 * for
 * the events that are being written, because connectors are closed before accounts.
 */
@Singleton
@DefaultBean
public class MessagingCaptureChannel implements CaptureChannel {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final ChannelRegistry channels;
    private final PostHogAccounts accounts;
    private final List<MessageMetadata> metadata;
    /** The accounts that have written events. */
    private final Set<String> writing = ConcurrentHashMap.newKeySet();

    MessagingCaptureChannel(ChannelRegistry channels, PostHogAccounts accounts, @All List<MessageMetadata> metadata) {
        this.channels = channels;
        this.accounts = accounts;
        this.metadata = metadata;
    }

    @Override
    public Uni<Void> send(ChannelEvent event) {
        writing.add(event.account());
        MutinyEmitter<String> emitter = channels.getEmitter(event.channel(), MutinyEmitter.class);
        if (emitter == null) {
            throw new IllegalStateException("the channel '" + event.channel() + "' has not been started, or was not set when "
                    + "the application was built; set capture.channel of the account before the build");
        }
        return emitter.sendMessage(
                Message.of(event.json(), Metadata.from(metadata.stream().map(each -> each.of(event)).toList())));
    }

    void stop(@Observes ShutdownEvent event) {
        if (!writing.isEmpty()) {
            List<Uni<CaptureStatus>> flushes = writing.stream().map(account -> accounts.get(account).flush()).toList();
            Uni.join().all(flushes).andCollectFailures().replaceWithVoid()
                    // The account counts and logs the events that are not written
                    .ifNoItem().after(STOP_TIMEOUT).recoverWithItem(() -> null)
                    .onFailure().recoverWithNull()
                    .await().indefinitely();
        }
    }
}
