package io.quarkiverse.posthog.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;
import org.jboss.jandex.ClassType;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.runtime.PostHogRecorder;
import io.quarkiverse.posthog.runtime.accounts.AccountLifecycle;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.context.RequestPostHogContext;
import io.quarkus.arc.BeanDestroyer;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.deployment.util.ServiceUtil;
import io.quarkus.proxy.deployment.ProxyRegistryBuildItem;
import io.quarkus.tls.deployment.spi.TlsRegistryBuildItem;
import io.quarkus.vertx.core.deployment.CoreVertxBuildItem;

/** Registers {@link PostHogAccounts}, and a {@link PostHog} bean for each account that is injected or configured. */
class PostHogProcessor {

    static final String FEATURE = "posthog";

    private static final ClassType MANAGED_ACCOUNTS = ClassType.create(AccountRegistry.class);

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem ssl() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /** Registers the listeners of Quarkus that observe requests, such as for metrics, in native executables. */
    @BuildStep
    void listeners(BuildProducer<ServiceProviderBuildItem> services) throws IOException {
        Set<String> providers = ServiceUtil.classNamesNamedIn(Thread.currentThread().getContextClassLoader(),
                ServiceProviderBuildItem.SPI_ROOT + RestClientBuilderListener.class.getName());
        if (!providers.isEmpty()) {
            services.produce(new ServiceProviderBuildItem(RestClientBuilderListener.class.getName(), List.copyOf(providers)));
        }
    }

    /** Indexes the extension, in which the REST client finds its interfaces. */
    @BuildStep
    IndexDependencyBuildItem restInterfaces() {
        return new IndexDependencyBuildItem("io.quarkiverse.posthog", "quarkus-posthog");
    }

    @BuildStep
    AdditionalBeanBuildItem qualifier() {
        return AdditionalBeanBuildItem.builder().addBeanClass(PostHogAccount.class).build();
    }

    /** Keeps the beans that are looked up by the accounts and not injected. */
    @BuildStep
    UnremovableBeanBuildItem hooks() {
        return UnremovableBeanBuildItem.beanTypes(BeforeSend.class, CaptureListener.class, CaptureChannel.class,
                FlagDefinitionCacheProvider.class);
    }

    @BuildStep
    void redis(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.REDIS_CLIENT)) {
            beans.produce(ConditionalBeans.bean("redis.RedisClientDefinitionProviderFactory"));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void accounts(PostHogRecorder recorder, CoreVertxBuildItem vertx, TlsRegistryBuildItem tls,
            ProxyRegistryBuildItem proxies, ApplicationClassesBuildItem classes, AccountNamesBuildItem names,
            List<ReservedAccountNameBuildItem> reserved,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        ExtendedBeanConfigurator registry = SyntheticBeanBuildItem.configure(AccountRegistry.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .unremovable()
                .addInjectionPoint(ClassType.create(RequestPostHogContext.class))
                .createWith(recorder.accounts(vertx.getVertx(), tls.registry(), proxies.registry(), classes.names(),
                        names.injected(), ReservedAccountNameBuildItem.names(reserved), version()))
                .destroyer(BeanDestroyer.CloseableDestroyer.class);
        if (!names.injected().isEmpty()) {
            registry.startup(AccountLifecycle.ACCOUNTS_PRIORITY);
        }
        beans.produce(registry.done());
        beans.produce(SyntheticBeanBuildItem.configure(PostHogAccounts.class)
                // With a client proxy, so that beans that are created earlier, such as filters of Quarkus REST, can inject it
                .scope(ApplicationScoped.class)
                .setRuntimeInit()
                .unremovable()
                .addInjectionPoint(MANAGED_ACCOUNTS)
                .createWith(recorder.postHogAccounts())
                .done());
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void account(PostHogRecorder recorder, AccountNamesBuildItem names, List<ReservedAccountNameBuildItem> reserved,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        for (String name : names.all()) {
            ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(PostHog.class)
                    .scope(ApplicationScoped.class)
                    .setRuntimeInit()
                    .unremovable()
                    .checkActive(recorder.checkActive(name, ReservedAccountNameBuildItem.names(reserved)))
                    .addInjectionPoint(MANAGED_ACCOUNTS)
                    .createWith(recorder.postHog(name))
                    .addQualifier().annotation(PostHogAccount.class).addValue("value", name).done();
            if (AccountNames.isDefault(name)) {
                bean.addQualifier(Default.class);
            }
            beans.produce(bean.done());
        }
    }

    /** Requires accounts that are used without injection. CDI requires injected accounts. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void require(PostHogRecorder recorder, List<RequiredAccountBuildItem> accounts,
            List<ReservedAccountNameBuildItem> reserved) {
        for (RequiredAccountBuildItem account : accounts) {
            recorder.require(account.name(), account.where(), ReservedAccountNameBuildItem.names(reserved));
        }
    }

    private static String version() {
        try (InputStream stream = PostHogProcessor.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
