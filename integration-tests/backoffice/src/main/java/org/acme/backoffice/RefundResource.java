package org.acme.backoffice;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.flags.FeatureGate;

/** Refunds, which some of the staff try before the others. */
@Path("/refunds")
@FeatureGate("refunds")
public class RefundResource {

    @GET
    @RolesAllowed("staff")
    public String refunds() {
        return "Refunds";
    }

    @GET
    @Path("/terms")
    public String terms() {
        return "Terms";
    }
}
