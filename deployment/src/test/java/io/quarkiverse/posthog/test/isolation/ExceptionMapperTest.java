package io.quarkiverse.posthog.test.isolation;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A mapper of the application turns errors into its own exceptions, before all other mappers. */
class ExceptionMapperTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(ExceptionMapperTest.class);

    @Provider
    @Priority(1)
    public static class UnavailableMapper implements ResponseExceptionMapper<IllegalStateException> {

        @Override
        public boolean handles(int status, MultivaluedMap<String, Object> headers) {
            return true;
        }

        @Override
        public IllegalStateException toThrowable(Response response) {
            return response.getStatus() >= 400 ? new IllegalStateException("unavailable") : null;
        }
    }
}
