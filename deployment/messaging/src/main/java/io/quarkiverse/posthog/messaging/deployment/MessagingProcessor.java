package io.quarkiverse.posthog.messaging.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import io.quarkiverse.posthog.deployment.BuildTimeAccounts;
import io.quarkiverse.posthog.messaging.EventMapper;
import io.quarkiverse.posthog.messaging.runtime.EventMappers;
import io.quarkiverse.posthog.messaging.runtime.EventReader;
import io.quarkiverse.posthog.messaging.runtime.KafkaMetadata;
import io.quarkiverse.posthog.messaging.runtime.MessageMetadata;
import io.quarkiverse.posthog.messaging.runtime.MessagingCaptureChannel;
import io.quarkiverse.posthog.messaging.runtime.PostHogConnector;
import io.quarkiverse.posthog.messaging.runtime.RabbitMQMetadata;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ChannelBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.InjectedEmitterBuildItem;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** Registers the connector {@code quarkus-posthog}, and the channels that accounts write captured events to. */
class MessagingProcessor {

    private static final String CHANNEL = "capture.channel";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("posthog-messaging");
    }

    @BuildStep
    void beans(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<UnremovableBeanBuildItem> unremovable) {
        AdditionalBeanBuildItem.Builder classes = AdditionalBeanBuildItem.builder().setUnremovable()
                .addBeanClasses(PostHogConnector.class, EventReader.class, EventMappers.class, MessagingCaptureChannel.class);
        if (isPresent("io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata")) {
            classes.addBeanClass(KafkaMetadata.class);
        }
        if (isPresent("io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata")) {
            classes.addBeanClass(RabbitMQMetadata.class);
        }
        beans.produce(classes.build());
        unremovable.produce(UnremovableBeanBuildItem.beanTypes(EventMapper.class, MessageMetadata.class));
    }

    private static boolean isPresent(String className) {
        return QuarkusClassLoader.isClassPresentAtRuntime(className);
    }

    /** Creates an emitter for the channel of each account. It has no limit: the account limits the number of its events. */
    @BuildStep
    void channels(CombinedIndexBuildItem index, BuildProducer<ChannelBuildItem> channels,
            BuildProducer<InjectedEmitterBuildItem> emitters, BuildProducer<ValidationErrorBuildItem> errors) {
        Map<String, String> accounts = new HashMap<>();
        for (String account : BuildTimeAccounts.names(index.getIndex())) {
            Optional<String> channel = BuildTimeAccounts.value(account, CHANNEL);
            if (channel.isEmpty()) {
                continue;
            }
            String other = accounts.putIfAbsent(channel.get(), account);
            if (other != null) {
                errors.produce(new ValidationErrorBuildItem(new DeploymentException("The PostHog accounts '" + other + "' and '"
                        + account + "' have the same " + CHANNEL + " '" + channel.get()
                        + "', so that their events could not be told apart; set a channel of its own for each account")));
                continue;
            }
            channels.produce(ChannelBuildItem.outgoing(channel.get(), null));
            emitters.produce(InjectedEmitterBuildItem.of(channel.get(), MutinyEmitter.class.getName(),
                    OnOverflow.Strategy.UNBOUNDED_BUFFER.name(), -1, false, -1));
        }
    }
}
