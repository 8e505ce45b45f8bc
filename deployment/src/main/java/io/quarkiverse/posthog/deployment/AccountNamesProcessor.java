package io.quarkiverse.posthog.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;

/** Finds the names of the accounts in the application and its configuration, and rejects invalid names. */
class AccountNamesProcessor {

    private static final DotName POSTHOG = DotName.createSimple(PostHog.class);
    private static final DotName POSTHOG_ACCOUNT = DotName.createSimple(PostHogAccount.class);

    @BuildStep
    AccountNamesBuildItem names(BeanDiscoveryFinishedBuildItem beans, CombinedIndexBuildItem index,
            List<RequiredAccountBuildItem> required,
            List<ReservedAccountNameBuildItem> reservedNames,
            BuildProducer<ValidationErrorBuildItem> errors) {
        Set<String> reserved = ReservedAccountNameBuildItem.names(reservedNames);
        Set<String> injected = new HashSet<>();
        Set<String> lookedUp = new HashSet<>();
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            if (!POSTHOG.equals(injectionPoint.getRequiredType().name())) {
                continue;
            }
            AnnotationInstance qualifier = injectionPoint.getRequiredQualifier(POSTHOG_ACCOUNT);
            String name = qualifier == null ? PostHogAccount.DEFAULT : qualifier.value().asString();
            String problem = AccountNames.validate(name, reserved);
            // The account of an Instance<PostHog> may be looked up later, or never
            (injectionPoint.isProgrammaticLookup() ? lookedUp : injected).add(name);
            if (problem != null) {
                // The account gets a bean nevertheless, because CDI would otherwise report a missing bean instead
                errors.produce(error("Invalid @PostHogAccount at " + injectionPoint.getTargetInfo(), problem));
            }
        }
        for (RequiredAccountBuildItem account : required) {
            String problem = AccountNames.validate(account.name(), reserved);
            injected.add(account.name());
            if (problem != null) {
                errors.produce(error("Invalid account of " + account.where(), problem));
            }
        }
        BuildTimeAccounts.invalidKeys(reserved).forEach(
                (key, problem) -> errors.produce(error("Invalid configuration key " + key, problem)));
        lookedUp.addAll(BuildTimeAccounts.names(index.getIndex()));
        return new AccountNamesBuildItem(injected, lookedUp);
    }

    /**
     * Adds the names to the runtime configuration, because they cannot be derived from environment variables, whose
     * names contain neither dashes nor lower-case letters.
     */
    @BuildStep
    void knownAccounts(CombinedIndexBuildItem index, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        for (String name : BuildTimeAccounts.names(index.getIndex())) {
            if (!AccountNames.isDefault(name)) {
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(AccountNames.key(name, "active"),
                        BuildTimeAccounts.value(name, "active").orElse("true")));
            }
        }
    }

    private static ValidationErrorBuildItem error(String where, String problem) {
        return new ValidationErrorBuildItem(new DeploymentException(where + ": " + problem));
    }
}
