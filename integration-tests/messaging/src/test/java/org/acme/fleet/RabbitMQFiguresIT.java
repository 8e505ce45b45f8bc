package org.acme.fleet;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Measures delivery through RabbitMQ. */
@QuarkusTest
@EnabledIfSystemProperty(named = FleetFigures.ENABLED, matches = "true")
@EnabledIf(value = "org.acme.fleet.RabbitMQBroker#isInstalled", disabledReason = "RabbitMQ is not installed (Debian package rabbitmq-server)")
@QuarkusTestResource(value = RabbitMQFleetIT.RabbitMQResource.class, restrictToAnnotatedClass = true)
class RabbitMQFiguresIT extends FleetFigures {
}
