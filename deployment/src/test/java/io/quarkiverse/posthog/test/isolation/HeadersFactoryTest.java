package io.quarkiverse.posthog.test.isolation;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A bean of the application adds headers to all requests. */
class HeadersFactoryTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(HeadersFactoryTest.class);

    @ApplicationScoped
    public static class TokenHeaders implements ClientHeadersFactory {

        @Override
        public MultivaluedMap<String, String> update(MultivaluedMap<String, String> incoming,
                MultivaluedMap<String, String> outgoing) {
            return new MultivaluedHashMap<>(Map.of("Authorization", FOREIGN_AUTHORIZATION, FOREIGN_HEADER, "yes"));
        }
    }
}
