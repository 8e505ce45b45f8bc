package io.quarkiverse.posthog.runtime.context;

import java.security.Principal;

import org.eclipse.microprofile.jwt.JsonWebToken;

/** The claims of the token that somebody was authenticated with. */
// No scope: it is a bean only where there are such tokens
public class TokenClaims {

    /** @return null when there is no token, or it has no such claim */
    Object claim(Principal principal, String name) {
        return principal instanceof JsonWebToken token ? token.getClaim(name) : null;
    }
}
