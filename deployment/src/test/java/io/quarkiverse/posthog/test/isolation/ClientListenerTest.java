package io.quarkiverse.posthog.test.isolation;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.faults.RawHttpServer;
import io.quarkus.test.QuarkusUnitTest;

/** A listener of the application registers a filter with every client that is built. */
class ClientListenerTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(ClientListenerTest.class)
            .withApplicationRoot(
                    root -> root.addClasses(ClientListenerTest.class, IsolatedClientsTest.class, RawHttpServer.class)
                            .addAsResource(new StringAsset(FilterListener.class.getName()),
                                    "META-INF/services/" + RestClientListener.class.getName()));

    public static class FilterListener implements RestClientListener {

        @Override
        public void onNewClient(Class<?> type, RestClientBuilder builder) {
            builder.register(new TokenFilter(), Integer.MAX_VALUE);
        }
    }

    public static class TokenFilter implements ClientRequestFilter {

        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("Authorization", FOREIGN_AUTHORIZATION);
            request.getHeaders().putSingle(FOREIGN_HEADER, "yes");
        }
    }
}
