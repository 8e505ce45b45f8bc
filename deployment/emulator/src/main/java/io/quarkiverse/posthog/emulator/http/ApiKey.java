package io.quarkiverse.posthog.emulator.http;

import java.util.Set;

/** A personal API key and what it may do. */
public record ApiKey(String value, Set<String> scopes) {

    public static final String ALL_SCOPES = "*";

    public boolean allows(String scope) {
        return scopes.contains(ALL_SCOPES) || scopes.contains(scope)
                || scope.endsWith(":read") && scopes.contains(scope.replace(":read", ":write"));
    }
}
