package io.quarkiverse.posthog.test.isolation;

import java.io.ByteArrayInputStream;

import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.ext.Provider;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A filter of the application changes responses. */
class ResponseFilterTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(ResponseFilterTest.class);

    @Provider
    @Priority(1)
    public static class MaskingFilter implements ClientResponseFilter {

        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            response.setStatus(401);
            response.getHeaders().putSingle("Content-Type", "text/html");
            response.setEntityStream(new ByteArrayInputStream("masked".getBytes()));
        }
    }
}
