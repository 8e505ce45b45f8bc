package org.acme.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** RabbitMQ, as installed by the Debian package {@code rabbitmq-server}. */
final class RabbitMQBroker extends Broker {

    /** The script itself: the command on the PATH changes to another user, who can't write below this directory. */
    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "HOME", directory.toString(),
            "RABBITMQ_NODENAME", "posthog" + port + "@localhost",
            "RABBITMQ_NODE_PORT", "" + port,
            "RABBITMQ_DIST_PORT", "" + freePort(),
            "RABBITMQ_MNESIA_BASE", directory.resolve("data").toString(),
            "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
            "RABBITMQ_PID_FILE", directory.resolve("pid").toString(),
            "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString(),
            // A port mapper of its own, which ends with the test
            "ERL_EPMD_PORT", "" + freePort()));

    static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    @Override
    Map<String, String> producer() {
        return properties("""
                rabbitmq-host=127.0.0.1
                rabbitmq-port=%d
                mp.messaging.outgoing.captured.connector=smallrye-rabbitmq
                mp.messaging.outgoing.captured.exchange.name=events
                mp.messaging.outgoing.captured.publish-confirms=true
                mp.messaging.outgoing.captured.max-inflight-messages=10000
                mp.messaging.outgoing.captured.reconnect-interval=1
                mp.messaging.incoming.rejected.connector=smallrye-rabbitmq
                mp.messaging.incoming.rejected.exchange.name=DLX
                mp.messaging.incoming.rejected.exchange.type=direct
                mp.messaging.incoming.rejected.queue.name=posthog.dlq
                mp.messaging.incoming.rejected.routing-keys=posthog
                mp.messaging.incoming.rejected.content-type-override=text/plain
                """.formatted(port));
    }

    @Override
    Map<String, String> consumer() {
        return properties("""
                rabbitmq-host=127.0.0.1
                rabbitmq-port=%d
                mp.messaging.incoming.broker.connector=smallrye-rabbitmq
                mp.messaging.incoming.broker.exchange.name=events
                mp.messaging.incoming.broker.queue.name=posthog
                mp.messaging.incoming.broker.routing-keys=#
                mp.messaging.incoming.broker.auto-bind-dlq=true
                mp.messaging.incoming.broker.max-outstanding-messages=1000
                mp.messaging.incoming.broker.automatic-recovery-enabled=true
                mp.messaging.incoming.broker.network-recovery-interval=1000
                mp.messaging.incoming.broker.reconnect-attempts=0
                """.formatted(port));
    }

    @Override
    String consumerReady() {
        return "RabbitMQ Receiver listening";
    }

    @Override
    Process launch() throws IOException {
        return run(directory.resolve("out"), environment, List.of(SERVER.toString()));
    }

    @Override
    void close() throws IOException, InterruptedException {
        super.close();
        run(directory.resolve("out"), environment, List.of("epmd", "-kill")).waitFor();
    }
}
