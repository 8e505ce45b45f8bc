package io.quarkiverse.posthog.runtime.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;

/**
 * Resolves the configuration of accounts, when the application is built and when it runs: accepts each notation of their
 * names, treats blank values as unset, and applies the settings of the emulator.
 */
public final class AccountConfigInterceptor implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    /** An invalid account name, whose values are therefore the defaults. */
    private static final String UNCONFIGURED = "?";

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        AccountPropertyName key = AccountPropertyName.parse(name);
        if (key == null) {
            return context.proceed(name);
        }
        ConfigValue value = new EmulatedSettings(context::proceed).apply(key, key.value(context::proceed));
        if (AccountPropertyName.isBlank(value) && !value.hasProblems()) {
            value = context.proceed(new AccountPropertyName(UNCONFIGURED, key.property()).name());
        }
        return value == null ? null : value.withName(key.name());
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        List<String> names = new ArrayList<>();
        context.iterateNames().forEachRemaining(names::add);
        Set<String> normalized = AccountPropertyName.normalize(names);
        normalized.removeIf(name -> isBlankHeader(context, name));
        return normalized.iterator();
    }

    /** Returns whether a header is blank. It is removed, because the map of headers would contain it without a value. */
    private static boolean isBlankHeader(ConfigSourceInterceptorContext context, String name) {
        AccountPropertyName key = AccountPropertyName.parse(name);
        return key != null && AccountProperties.isHeader(key.property())
                && AccountPropertyName.isBlank(key.value(context::proceed));
    }

    /** States the priority in code. The annotation would be read by reflection whenever the application starts. */
    @StaticInitSafe
    public static final class Factory implements ConfigSourceInterceptorFactory {

        @Override
        public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
            return new AccountConfigInterceptor();
        }

        @Override
        public OptionalInt getPriority() {
            return OptionalInt.of(DEFAULT_PRIORITY);
        }
    }
}
