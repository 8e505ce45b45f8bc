package org.acme.billing;

import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Authenticates every request with the token of the application. */
@Provider
@Priority(1)
public class TokenFilter implements ClientRequestFilter {

    static final String TOKEN = "Bearer token-of-the-application";

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle("Authorization", TOKEN);
        request.getHeaders().putSingle("X-Billing", "yes");
    }
}
