package org.acme.fleet;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Events that pass through Kafka. */
@QuarkusTest
@QuarkusTestResource(value = KafkaFleetIT.KafkaResource.class, restrictToAnnotatedClass = true)
class KafkaFleetIT extends FleetTest {

    public static final class KafkaResource extends Resource {

        public KafkaResource() {
            super(new KafkaBroker());
        }
    }
}
