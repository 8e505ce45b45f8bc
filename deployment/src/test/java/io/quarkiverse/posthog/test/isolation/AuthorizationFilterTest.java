package io.quarkiverse.posthog.test.isolation;

import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Filters of the application authenticate its requests, before and after all others. */
class AuthorizationFilterTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(AuthorizationFilterTest.class);

    @Provider
    @Priority(Integer.MIN_VALUE)
    public static class FirstFilter extends TokenFilter {
    }

    @Provider
    @Priority(Integer.MAX_VALUE)
    public static class LastFilter extends TokenFilter {
    }

    abstract static class TokenFilter implements ClientRequestFilter {

        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("Authorization", FOREIGN_AUTHORIZATION);
            request.getHeaders().putSingle(FOREIGN_HEADER, "yes");
        }
    }
}
