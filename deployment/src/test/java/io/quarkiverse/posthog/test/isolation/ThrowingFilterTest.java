package io.quarkiverse.posthog.test.isolation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A filter of the application needs a request and throws without one. */
class ThrowingFilterTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(ThrowingFilterTest.class);

    @RequestScoped
    public static class CurrentTenant {

        public String name() {
            return "acme";
        }
    }

    @Provider
    public static class TenantFilter implements ClientRequestFilter {

        @Inject
        CurrentTenant tenant;

        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle(FOREIGN_HEADER, tenant.name());
            throw new IllegalStateException("no tenant");
        }
    }
}
