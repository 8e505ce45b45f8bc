package io.quarkiverse.posthog.runtime.functions;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.access.AccessPolicy;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;

/**
 * Creates the executor of an entry point, such as MCP, with the accounts of the application and a policy of its own.
 *
 * @param prefix the prefix of the configuration properties of the entry point
 * @param read whether functions that read can be called
 * @param write whether functions that change data can be called
 * @param accounts the access of single accounts, where it differs
 */
public record FunctionExecutorFactory(String prefix, Access read, Access write, Map<String, AccountAccess> accounts) {

    private static final Logger LOG = Logger.getLogger(FunctionExecutorFactory.class);

    /** The configured access of an account. */
    public record AccountAccess(Optional<Access> read, Optional<Access> write) {

        private Map<FunctionOperation, Access> operations() {
            Map<FunctionOperation, Access> operations = new EnumMap<>(FunctionOperation.class);
            read.ifPresent(access -> operations.put(FunctionOperation.READ, access));
            write.ifPresent(access -> operations.put(FunctionOperation.WRITE, access));
            return operations;
        }
    }

    /**
     * Creates the executor. Accounts that the application opens later, such as accounts of tenants, are not part of it.
     *
     * @param authorizers the beans of the application that decide in place of the configuration
     */
    public FunctionExecutor create(PostHogAccounts all, List<FunctionAuthorizer> authorizers, ResultLimits limits) {
        Map<String, FunctionAccount> usable = usable(all);
        accounts.keySet().stream().filter(name -> !usable.containsKey(name)).forEach(name -> LOG.warnf(
                "%s.accounts.\"%s\" has no effect, because there is no usable PostHog account '%s'; usable accounts: %s",
                prefix, name, name, usable.isEmpty() ? "none" : String.join(", ", usable.keySet())));
        Map<String, Map<FunctionOperation, Access>> access = new TreeMap<>();
        accounts.forEach((name, account) -> access.put(name, account.operations()));
        AccessPolicy policy = new AccessPolicy(prefix,
                Map.of(FunctionOperation.READ, read, FunctionOperation.WRITE, write), access, authorizers);
        return new FunctionExecutor(FunctionCatalog.standard(), usable, policy, limits);
    }

    private Map<String, FunctionAccount> usable(PostHogAccounts all) {
        Map<String, FunctionAccount> usable = new TreeMap<>();
        for (String name : all.names()) {
            try {
                Optional<PostHog> account = all.find(name);
                if (account.isPresent()) {
                    usable.put(name, FunctionAccount.of(account.get()));
                }
            } catch (IllegalArgumentException e) {
                LOG.warnf("PostHog account '%s' cannot be used with %s: %s", name, prefix, e.getMessage());
            }
        }
        return usable;
    }
}
