package io.quarkiverse.posthog.runtime.gating;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;

/** Produces the flags that are injected with {@link PostHogFlag}. */
@Singleton
public class FlagProducer {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final Instance<PostHogAccounts> accounts;
    private final DuplicateMessageFilter<String> warnings = new DuplicateMessageFilter<>();

    /** @param accounts not available yet when the first beans are created */
    @Inject
    public FlagProducer(Instance<PostHogAccounts> accounts) {
        this.accounts = accounts;
    }

    @Produces
    @PostHogFlag("")
    Flag flag(InjectionPoint injectionPoint) {
        PostHogFlag flag = injectionPoint.getQualifiers().stream()
                .filter(PostHogFlag.class::isInstance).map(PostHogFlag.class::cast).findFirst().orElseThrow();
        return new InjectedFlag(flag, () -> accounts.get().get(flag.account()), this::warn);
    }

    /** Produces the value for {@code Instance<Boolean>}. A {@code Boolean} that is injected directly would never change. */
    @Produces
    @PostHogFlag("")
    Boolean enabledLocally(InjectionPoint injectionPoint) {
        return flag(injectionPoint).isEnabledLocally();
    }

    /** Warns once per account of a flag that can only have its default value. */
    private void warn(PostHog postHog, String key) {
        if (!postHog.flagDefinitionsStatus().enabled() && warnings.isFirst(postHog.account())) {
            LOG.warnf("PostHog account '%s': local evaluation is disabled; flag '%s' has its default value when it is "
                    + "evaluated without a request; set %s to true, or use Flag.isEnabled()",
                    postHog.account(), key, AccountNames.key(postHog.account(), "flags.local-evaluation"));
        }
    }
}
