package io.quarkiverse.posthog.runtime.context;

import java.security.Principal;

import org.eclipse.microprofile.jwt.JsonWebToken;

/** The claims of the token of the authenticated user. */
// No scope: it is a bean only where there are such tokens
public class TokenClaims {

    /** @return null if the user has no token, or the token does not have the claim */
    Object claim(Principal principal, String name) {
        return principal instanceof JsonWebToken token ? token.getClaim(name) : null;
    }
}
