package io.quarkiverse.posthog.runtime.flags.definitions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.runtime.config.AccountNames;

/** Logs a failure once when it starts, and once when it ends. Used by one load at a time. */
final class DefinitionsLoadLogger {

    static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    /** More than these are most likely all of the same kind. */
    private static final int MOST_WARNINGS = 10;

    private final String account;
    private volatile LoadFailureKind said;

    DefinitionsLoadLogger(String account) {
        this.account = account;
    }

    /** @param loaded what there is all the same; null for nothing */
    void failed(Throwable failure, LoadedDefinitions loaded) {
        LoadFailureKind problem = LoadFailureKind.of(failure);
        if (problem == LoadFailureKind.SHARING) {
            return;
        }
        Logger.Level level = problem == said ? Logger.Level.DEBUG : Logger.Level.WARN;
        said = problem;
        String consequence = loaded == null ? "PostHog evaluates all flags"
                : "the definitions of " + loaded.confirmedAt() + " are used";
        LOG.logf(level, "PostHog account '%s': flag definitions could not be loaded: %s; %s%s", account, text(failure),
                consequence, problem == LoadFailureKind.KEY ? advice() : "");
    }

    void succeeded() {
        if (said != null) {
            said = null;
            LOG.infof("PostHog account '%s': flag definitions are loading again", account);
        }
    }

    /** What is wrong with definitions, as far as it was not said of those before. */
    void warnings(List<String> warnings, List<String> before) {
        Set<String> known = new HashSet<>(before);
        List<String> news = warnings.stream().filter(warning -> !known.contains(warning)).toList();
        news.stream().limit(MOST_WARNINGS)
                .forEach(warning -> LOG.warnf("PostHog account '%s': %s", account, warning));
        if (news.size() > MOST_WARNINGS) {
            LOG.warnf("PostHog account '%s': the flag definitions have %d more problems", account,
                    news.size() - MOST_WARNINGS);
        }
    }

    private String advice() {
        return "; set " + AccountNames.key(account, "feature-flags-secure-key")
                + " to the feature flags secure API key of the project, which starts with phs_, or "
                + AccountNames.key(account, "personal-api-key")
                + " to a personal API key with the scope feature_flag:read";
    }

    static String text(Throwable failure) {
        return failure instanceof PostHogException || failure instanceof DefinitionProviderException ? failure.getMessage()
                : failure.toString();
    }
}
