package org.acme.billing;

import jakarta.enterprise.context.RequestScoped;

/** The tenant of the current request. */
@RequestScoped
public class CurrentTenant {

    public String name() {
        return "acme";
    }
}
