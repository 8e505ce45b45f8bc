package io.quarkiverse.posthog.messaging.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.smallrye.reactive.messaging.providers.helpers.MultiUtils;

/** Delivers the messages of outgoing channels to PostHog, each channel with a stream of its own. */
@ApplicationScoped
@Connector(PostHogConnector.NAME)
@ConnectorAttribute(name = "account", direction = ConnectorAttribute.Direction.OUTGOING, type = "string", defaultValue = PostHogAccount.DEFAULT, description = "The PostHog account that delivers the events")
public class PostHogConnector implements OutboundConnector, HealthReporter {

    public static final String NAME = "quarkus-posthog";

    private static final Logger LOG = Logger.getLogger(PostHogConnector.class);

    private final PostHogAccounts accounts;
    private final EventReader reader;
    /** The channels that ended with a failure, and the failure. */
    private final Map<String, String> failed = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    PostHogConnector(PostHogAccounts accounts, EventReader reader) {
        this.accounts = accounts;
        this.reader = reader;
    }

    @Override
    public Subscriber<? extends Message<?>> getSubscriber(Config config) {
        String channel = config.getValue(CHANNEL_NAME_ATTRIBUTE, String.class);
        PostHog account = accounts.get(config.getOptionalValue("account", String.class).orElse(PostHogAccount.DEFAULT));
        return MultiUtils.via((Multi<Message<?>> messages) -> deliver(channel, account, messages));
    }

    /** @return a stream without items that ends with the delivery */
    private Multi<Void> deliver(String channel, PostHog account, Multi<Message<?>> messages) {
        AtomicBoolean failing = new AtomicBoolean();
        return account.deliverAll(messages
                // At once: the result waits for the messages that were received before, which may be as long as an outage
                .onFailure().invoke(failure -> ended(channel, account, failure))
                .map(message -> new MessageDelivery(channel, message, reader, failing)))
                .onFailure().invoke(failure -> ended(channel, account, failure))
                // Without a receiver, which would log the failure again
                .onFailure().recoverWithNull()
                .toMulti().onItem().ignore();
    }

    private void ended(String channel, PostHog account, Throwable failure) {
        if (!stopping && failed.putIfAbsent(channel, failure.toString()) == null) {
            LOG.errorf(failure,
                    "PostHog account '%s': channel '%s' ended with a failure; its messages are no longer delivered, "
                            + "and remain with the broker until the application restarts",
                    account.account(), channel);
        }
    }

    /** When the application stops, accounts are closed, which ends the streams. The broker delivers their messages again. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stopping = true;
    }

    @Override
    public HealthReport getLiveness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        failed.forEach((channel, failure) -> report.add(channel, false, failure));
        return report.build();
    }
}
