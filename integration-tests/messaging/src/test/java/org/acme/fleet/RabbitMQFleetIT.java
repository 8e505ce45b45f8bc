package org.acme.fleet;

import org.junit.jupiter.api.condition.EnabledIf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Events that pass through RabbitMQ. */
@QuarkusTest
@EnabledIf(value = "org.acme.fleet.RabbitMQBroker#isInstalled", disabledReason = "RabbitMQ is not installed (Debian package rabbitmq-server)")
@QuarkusTestResource(value = RabbitMQFleetIT.RabbitMQResource.class, restrictToAnnotatedClass = true)
class RabbitMQFleetIT extends FleetTest {

    public static final class RabbitMQResource extends Resource {

        public RabbitMQResource() {
            super(new RabbitMQBroker());
        }
    }
}
