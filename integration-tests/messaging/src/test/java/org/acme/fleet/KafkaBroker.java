package org.acme.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka in KRaft mode, in a JVM of its own. */
final class KafkaBroker extends Broker {

    private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

    private final Path settings = directory.resolve("server.properties");

    @Override
    Map<String, String> producer() {
        return properties("""
                kafka.bootstrap.servers=127.0.0.1:%d
                mp.messaging.outgoing.captured.connector=smallrye-kafka
                mp.messaging.outgoing.captured.topic=events
                mp.messaging.outgoing.captured.acks=all
                mp.messaging.outgoing.captured.value.serializer=org.apache.kafka.common.serialization.StringSerializer
                mp.messaging.outgoing.captured.max-inflight-messages=10000
                mp.messaging.incoming.rejected.connector=smallrye-kafka
                mp.messaging.incoming.rejected.topic=dead-letter-topic-broker
                mp.messaging.incoming.rejected.auto.offset.reset=earliest
                mp.messaging.incoming.rejected.value.deserializer=org.apache.kafka.common.serialization.StringDeserializer
                """.formatted(port));
    }

    @Override
    Map<String, String> consumer() {
        return properties("""
                kafka.bootstrap.servers=127.0.0.1:%d
                mp.messaging.incoming.broker.connector=smallrye-kafka
                mp.messaging.incoming.broker.topic=events
                mp.messaging.incoming.broker.group.id=posthog
                mp.messaging.incoming.broker.auto.offset.reset=earliest
                mp.messaging.incoming.broker.session.timeout.ms=6000
                mp.messaging.incoming.broker.throttled.unprocessed-record-max-age.ms=0
                mp.messaging.incoming.broker.failure-strategy=dead-letter-queue
                mp.messaging.incoming.broker.value.deserializer=org.apache.kafka.common.serialization.StringDeserializer
                """.formatted(port));
    }

    @Override
    String consumerReady() {
        return "Installed features";
    }

    @Override
    Process launch() throws IOException {
        if (!Files.exists(settings)) {
            int controller = freePort();
            Files.writeString(settings, """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                    controller.listener.names=CONTROLLER
                    listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                    log.dirs=%3$s
                    num.partitions=3
                    offsets.topic.replication.factor=1
                    offsets.topic.num.partitions=1
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    """.formatted(port, controller, directory.resolve("data")));
            try {
                java("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString()).waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return java("kafka.Kafka", settings.toString());
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(jvmOptions());
        command.addAll(List.of("-cp", "kafka/target/lib/*", main));
        command.addAll(List.of(arguments));
        return run(directory.resolve("log"), Map.of(), command);
    }
}
