package org.acme.billing;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Maps the status 503 to an exception of the application. */
@Provider
@Priority(1)
public class UnavailableMapper implements ResponseExceptionMapper<IllegalStateException> {

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status == 503;
    }

    @Override
    public IllegalStateException toThrowable(Response response) {
        return new IllegalStateException("Unavailable");
    }
}
