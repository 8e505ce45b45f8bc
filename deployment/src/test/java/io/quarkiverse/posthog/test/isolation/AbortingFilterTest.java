package io.quarkiverse.posthog.test.isolation;

import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A filter of the application responds instead of the server. */
class AbortingFilterTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(AbortingFilterTest.class);

    @Provider
    @Priority(1)
    public static class LoginFilter implements ClientRequestFilter {

        @Override
        public void filter(ClientRequestContext request) {
            request.abortWith(Response.status(401).entity("log in").build());
        }
    }
}
