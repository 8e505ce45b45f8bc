package org.acme.backoffice;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.flags.FeatureGate;

/** Refunds, a feature that is rolled out to some users first. */
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
