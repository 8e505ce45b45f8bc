package io.quarkiverse.posthog.runtime.mcp;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.access.AccessPolicy;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Creates the executor of all functions, with the configured accounts and policy. */
public class FunctionsProducer {

    private static final Logger LOG = Logger.getLogger(FunctionsProducer.class);

    /** Accounts that the application opens later, such as accounts of tenants, are not offered. */
    @Produces
    @Singleton
    FunctionExecutor executor(PostHogAccounts accounts, McpConfig config, @All List<FunctionAuthorizer> authorizers) {
        if (config.maxResultChars() < ResultLimits.MIN_CHARACTERS) {
            throw new ConfigurationException(McpConfig.PREFIX + ".max-result-chars must be at least "
                    + ResultLimits.MIN_CHARACTERS + ", but is " + config.maxResultChars());
        }
        Map<String, FunctionAccount> usable = usable(accounts);
        config.accounts().keySet().stream().filter(name -> !usable.containsKey(name)).forEach(name -> LOG.warnf(
                "%s.accounts.\"%s\" has no effect, because there is no usable PostHog account '%s'; usable accounts: %s",
                McpConfig.PREFIX, name, name, usable.isEmpty() ? "none" : String.join(", ", usable.keySet())));
        return new FunctionExecutor(FunctionCatalog.standard(), usable, policy(config, authorizers),
                new ResultLimits(config.maxResultChars(), config.maskPersonalData()));
    }

    private static Map<String, FunctionAccount> usable(PostHogAccounts accounts) {
        Map<String, FunctionAccount> usable = new TreeMap<>();
        for (String name : accounts.names()) {
            try {
                Optional<PostHog> account = accounts.find(name);
                if (account.isPresent()) {
                    usable.put(name, FunctionAccount.of(account.get()));
                }
            } catch (IllegalArgumentException e) {
                LOG.warnf("PostHog account '%s' is not offered to MCP clients: %s", name, e.getMessage());
            }
        }
        return usable;
    }

    private static AccessPolicy policy(McpConfig config, List<FunctionAuthorizer> authorizers) {
        Map<String, Map<FunctionOperation, Access>> accounts = new TreeMap<>();
        config.accounts().forEach((name, access) -> {
            Map<FunctionOperation, Access> operations = new EnumMap<>(FunctionOperation.class);
            access.read().ifPresent(read -> operations.put(FunctionOperation.READ, read));
            access.write().ifPresent(write -> operations.put(FunctionOperation.WRITE, write));
            accounts.put(name, operations);
        });
        return new AccessPolicy(McpConfig.PREFIX,
                Map.of(FunctionOperation.READ, config.read(), FunctionOperation.WRITE, config.write()), accounts, authorizers);
    }
}
