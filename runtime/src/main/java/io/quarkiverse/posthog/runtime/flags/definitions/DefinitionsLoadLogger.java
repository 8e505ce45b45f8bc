package io.quarkiverse.posthog.runtime.flags.definitions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;

/** Logs a failure once when it starts, and once when it ends. */
final class DefinitionsLoadLogger {

    static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    /** Further warnings are most likely of the same kind. */
    private static final int MAX_WARNINGS = 10;

    private final String account;
    private final DuplicateMessageFilter<String> failures = new DuplicateMessageFilter<>();

    DefinitionsLoadLogger(String account) {
        this.account = account;
    }

    /** @param loaded the definitions in use; null if there are none */
    void failed(Throwable failure, LoadedDefinitions loaded) {
        LoadFailureKind problem = LoadFailureKind.of(failure);
        if (problem == LoadFailureKind.SHARING) {
            return;
        }
        Logger.Level level = failures.isFirst(account, problem) ? Logger.Level.WARN : Logger.Level.DEBUG;
        String consequence = loaded == null ? "PostHog evaluates all flags"
                : "the definitions of " + loaded.confirmedAt() + " are used";
        LOG.logf(level, "PostHog account '%s': flag definitions could not be loaded: %s; %s%s", account, text(failure),
                consequence, problem == LoadFailureKind.KEY ? advice() : "");
    }

    void succeeded() {
        if (failures.reset(account)) {
            LOG.infof("PostHog account '%s': flag definitions are loading again", account);
        }
    }

    /** Logs the problems of definitions that the definitions before did not have. */
    void warnings(List<String> warnings, List<String> before) {
        Set<String> known = new HashSet<>(before);
        List<String> news = warnings.stream().filter(warning -> !known.contains(warning)).toList();
        news.stream().limit(MAX_WARNINGS)
                .forEach(warning -> LOG.warnf("PostHog account '%s': %s", account, warning));
        if (news.size() > MAX_WARNINGS) {
            LOG.warnf("PostHog account '%s': the flag definitions have %d more problems", account,
                    news.size() - MAX_WARNINGS);
        }
    }

    private String advice() {
        return "; set " + AccountNames.key(account, "feature-flags-secure-api-key")
                + " to the feature flags secure API key of the project, which starts with phs_, or "
                + AccountNames.key(account, "personal-api-key")
                + " to a personal API key with the scope feature_flag:read";
    }

    static String text(Throwable failure) {
        return failure instanceof PostHogException || failure instanceof DefinitionProviderException ? failure.getMessage()
                : failure.toString();
    }
}
