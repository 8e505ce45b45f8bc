package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutorFactory;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutorFactory.AccountAccess;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Creates the executor of all functions, with the configured accounts and policy. */
public class FunctionsProducer {

    @Produces
    @Singleton
    FunctionExecutor executor(PostHogAccounts accounts, McpConfig config, @All List<FunctionAuthorizer> authorizers) {
        if (config.maxResultChars() < ResultLimits.MIN_CHARACTERS) {
            throw new ConfigurationException(McpConfig.PREFIX + ".max-result-chars must be at least "
                    + ResultLimits.MIN_CHARACTERS + ", but is " + config.maxResultChars());
        }
        Map<String, AccountAccess> access = new TreeMap<>();
        config.accounts().forEach((name, account) -> access.put(name, new AccountAccess(account.read(), account.write())));
        return new FunctionExecutorFactory(McpConfig.PREFIX, config.read(), config.write(), access).create(accounts,
                authorizers, new ResultLimits(config.maxResultChars(), config.maskPersonalData()));
    }
}
