package org.acme.billing;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Responds to every request instead of the server. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class LoginFilter implements ClientRequestFilter {

    @Override
    public void filter(ClientRequestContext request) {
        request.abortWith(Response.status(401).entity("Log in").build());
    }
}
