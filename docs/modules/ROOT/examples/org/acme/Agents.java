package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkus.security.identity.SecurityIdentity;

class Agents {

    // tag::authorizer[]
    @ApplicationScoped
    static class OnlyAdminsWrite implements FunctionAuthorizer {

        @Override
        public Access decide(FunctionAccess access, Optional<SecurityIdentity> identity) {
            boolean admin = identity.filter(user -> user.hasRole("admin")).isPresent();
            return access.operation() == FunctionOperation.WRITE && !admin ? Access.DENY : access.configured(); // <1>
        }
    }
    // end::authorizer[]
}
