package io.quarkiverse.posthog.deployment;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.eclipse.microprofile.config.ConfigProvider;
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

/** Finds the names of the accounts at injection points and in the configuration. */
class AccountNamesProcessor {

    private static final DotName POSTHOG = DotName.createSimple(PostHog.class);
    private static final DotName POSTHOG_ACCOUNT = DotName.createSimple(PostHogAccount.class);

    /** {@code quarkus.posthog."work".host} or {@code quarkus.posthog.work.host}. */
    private static final Pattern NAMED_KEY = Pattern
            .compile(Pattern.quote(AccountNames.PREFIX) + "(?:\"(?<quoted>[^\"]*)\"|(?<plain>[^.\"]+))\\..+");

    @BuildStep
    AccountNamesBuildItem names(BeanDiscoveryFinishedBuildItem beans, BuildProducer<ValidationErrorBuildItem> errors) {
        Set<String> injected = new HashSet<>();
        Set<String> lookedUp = new HashSet<>();
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            if (!POSTHOG.equals(injectionPoint.getRequiredType().name())) {
                continue;
            }
            AnnotationInstance qualifier = injectionPoint.getRequiredQualifier(POSTHOG_ACCOUNT);
            String name = qualifier == null ? PostHogAccount.DEFAULT : qualifier.value().asString();
            String problem = AccountNames.problem(name);
            // An Instance<PostHog> may be asked for its account later, or never
            (injectionPoint.isProgrammaticLookup() ? lookedUp : injected).add(name);
            if (problem != null) {
                // It has a bean all the same, or CDI would complain about a missing one instead
                errors.produce(new ValidationErrorBuildItem(new DeploymentException(
                        "Invalid @PostHogAccount at " + injectionPoint.getTargetInfo() + ": " + problem)));
            }
        }
        lookedUp.addAll(configured(errors));
        return new AccountNamesBuildItem(injected, lookedUp);
    }

    private static Set<String> configured(BuildProducer<ValidationErrorBuildItem> errors) {
        Set<String> names = new TreeSet<>(Set.of(PostHogAccount.DEFAULT));
        for (String key : ConfigProvider.getConfig().getPropertyNames()) {
            Matcher matcher = NAMED_KEY.matcher(key);
            if (!matcher.matches()) {
                continue;
            }
            String quoted = matcher.group("quoted");
            String name = quoted == null ? matcher.group("plain") : quoted;
            String problem = AccountNames.problem(name);
            if (problem == null) {
                names.add(name);
            } else if (quoted != null) {
                errors.produce(new ValidationErrorBuildItem(
                        new DeploymentException("Invalid configuration key " + key + ": " + problem)));
            }
        }
        return names;
    }
}
