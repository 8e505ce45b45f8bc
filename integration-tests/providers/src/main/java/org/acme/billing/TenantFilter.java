package org.acme.billing;

import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Adds the tenant of the current request to every request, and fails without one. */
@Provider
public class TenantFilter implements ClientRequestFilter {

    @Inject
    CurrentTenant tenant;

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle("X-Tenant", tenant.name());
        throw new IllegalStateException("No tenant");
    }
}
