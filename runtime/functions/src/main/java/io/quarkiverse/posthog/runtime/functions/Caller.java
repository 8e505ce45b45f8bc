package io.quarkiverse.posthog.runtime.functions;

import java.util.Optional;

import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.quarkus.security.identity.SecurityIdentity;

/**
 * The caller of a function.
 *
 * @param session identifies the session, for which approvals can be remembered
 * @param identity the user; empty if the transport has no users
 * @param approver asks a person before a call
 */
public record Caller(String session, Optional<SecurityIdentity> identity, Approver approver) {

    /** The name of the user, for approvals. */
    public String user() {
        return identity.filter(user -> !user.isAnonymous()).map(user -> user.getPrincipal().getName()).orElse("");
    }
}
