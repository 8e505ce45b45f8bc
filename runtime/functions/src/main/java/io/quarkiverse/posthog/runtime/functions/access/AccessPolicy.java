package io.quarkiverse.posthog.runtime.functions.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkus.security.identity.SecurityIdentity;

/** Decides whether functions can be called: the configuration, or the beans of the application. */
public final class AccessPolicy {

    private static final Logger LOG = Logger.getLogger(AccessPolicy.class);

    private final String prefix;
    private final Map<FunctionOperation, Access> defaults;
    private final Map<String, Map<FunctionOperation, Access>> accounts;
    private final List<FunctionAuthorizer> authorizers;

    /**
     * @param prefix the prefix of the configuration properties
     * @param defaults the access for each operation
     * @param accounts the access of single accounts, where it differs
     */
    public AccessPolicy(String prefix, Map<FunctionOperation, Access> defaults,
            Map<String, Map<FunctionOperation, Access>> accounts,
            List<FunctionAuthorizer> authorizers) {
        this.prefix = prefix;
        this.defaults = Map.copyOf(defaults);
        this.accounts = Map.copyOf(accounts);
        this.authorizers = List.copyOf(authorizers);
    }

    /** Returns the access in the configuration. */
    public Access configured(FunctionOperation operation, String account) {
        return accounts.getOrDefault(account, Map.of()).getOrDefault(operation, defaults.get(operation));
    }

    /** Returns the configuration property that sets the access of an account. */
    public String property(FunctionOperation operation, String account) {
        return prefix + ".accounts.\"" + account + "\"." + operation.name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the function can ever be called, by some user. */
    public boolean isPossible(FunctionDefinition function, String account) {
        return !authorizers.isEmpty() || configured(function.operation(), account) != Access.DENY;
    }

    /** Decides for a user. */
    public Access decide(FunctionDefinition function, String account, Optional<SecurityIdentity> identity) {
        Access configured = configured(function.operation(), account);
        if (authorizers.isEmpty()) {
            return configured;
        }
        FunctionAccess access = new FunctionAccess(function.name(), function.operation(), account, configured);
        Access strictest = Access.ALLOW;
        for (FunctionAuthorizer authorizer : authorizers) {
            strictest = strictest.stricter(decide(authorizer, access, identity));
        }
        return strictest;
    }

    /** Access is denied if the bean fails, because it could have wanted to deny it. */
    private static Access decide(FunctionAuthorizer authorizer, FunctionAccess access, Optional<SecurityIdentity> identity) {
        try {
            Access decision = authorizer.decide(access, identity);
            if (decision != null) {
                return decision;
            }
            LOG.errorf("PostHog account '%s': %s returned null for %s; access is denied", access.account(),
                    authorizer.getClass().getName(), access.function());
        } catch (RuntimeException e) {
            LOG.errorf(e, "PostHog account '%s': %s failed for %s; access is denied", access.account(),
                    authorizer.getClass().getName(), access.function());
        }
        return Access.DENY;
    }
}
