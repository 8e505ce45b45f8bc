package io.quarkiverse.posthog.functions;

import java.util.Optional;

import io.quarkus.security.identity.SecurityIdentity;

/**
 * A CDI bean that decides which functions a user can call, in place of the configuration. Without such a bean, the
 * configuration decides; if there are several, the strictest decision applies.
 *
 * <pre>{@code
 * @ApplicationScoped
 * class OnlyAdminsWrite implements FunctionAuthorizer {
 *
 *     public Access decide(FunctionAccess access, Optional<SecurityIdentity> identity) {
 *         boolean admin = identity.filter(user -> user.hasRole("admin")).isPresent();
 *         return access.operation() == FunctionOperation.WRITE && !admin ? Access.DENY : access.configured();
 *     }
 * }
 * }</pre>
 * <p>
 * The decision can permit more than the configuration. It applies to lists of functions and to each call. The method must
 * not block, because it is called on event loops. If it throws an exception or returns null, access is denied.
 */
public interface FunctionAuthorizer {

    /**
     * Decides whether a function can be called.
     *
     * @param identity the user who calls the function, possibly anonymous; empty if the application has no security
     *        extension, in which case anyone who reaches the endpoint can call functions, and for a script that the application
     *        runs outside of a request
     */
    Access decide(FunctionAccess access, Optional<SecurityIdentity> identity);
}
