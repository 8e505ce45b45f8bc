package io.quarkiverse.posthog.testing.hooks;

import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.InjectionPointInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanBuilder;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.inject.Singleton;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.testing.PostHogTestKit;

/** Registers a {@link PostHogTestKit} bean for each account whose kit is injected. */
public final class TestKitExtension implements BuildCompatibleExtension {

    private final Set<String> accounts = new TreeSet<>();

    @Registration(types = Object.class)
    public void found(BeanInfo bean) {
        bean.injectionPoints().stream().filter(TestKitExtension::isKit).map(TestKitExtension::account).forEach(accounts::add);
    }

    private static boolean isKit(InjectionPointInfo injected) {
        return injected.type().isClass()
                && injected.type().asClass().declaration().name().equals(PostHogTestKit.class.getName());
    }

    private static String account(InjectionPointInfo injected) {
        return injected.qualifiers().stream()
                .filter(qualifier -> qualifier.name().equals(PostHogAccount.class.getName()))
                .map(qualifier -> qualifier.value().asString()).findFirst().orElse(PostHogAccount.DEFAULT);
    }

    @Synthesis
    public void make(SyntheticComponents beans) {
        for (String account : accounts) {
            SyntheticBeanBuilder<PostHogTestKit> bean = beans.addBean(PostHogTestKit.class)
                    .type(PostHogTestKit.class)
                    .scope(Singleton.class)
                    .qualifier(PostHogAccount.Literal.of(account))
                    .withParam(TestKitCreator.ACCOUNT, account)
                    .createWith(TestKitCreator.class);
            if (account.equals(PostHogAccount.DEFAULT)) {
                bean.qualifier(Default.Literal.INSTANCE);
            }
        }
    }
}
