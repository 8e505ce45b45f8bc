package org.acme.fleet;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Measures delivery through Kafka. */
@QuarkusTest
@EnabledIfSystemProperty(named = FleetFigures.ENABLED, matches = "true")
@QuarkusTestResource(value = KafkaFleetIT.KafkaResource.class, restrictToAnnotatedClass = true)
class KafkaFiguresIT extends FleetFigures {
}
