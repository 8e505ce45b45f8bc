package io.quarkiverse.posthog.runtime.dev;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagVariant;
import io.quarkiverse.posthog.runtime.flags.local.FlagInfo;

/** Puts flags into words. */
final class FlagViews {

    private FlagViews() {
    }

    static FlagView of(FeatureFlag flag) {
        return new FlagView(flag.key(), flag.id(), flag.name(), flag.active(),
                flag.filters().groups().stream().map(FlagViews::words).toList(),
                flag.filters().multivariate() == null ? List.of()
                        : flag.filters().multivariate().variants().stream().map(FlagViews::words).toList());
    }

    static FlagView of(FlagInfo flag) {
        return new FlagView(flag.key(), flag.id(), null, null, List.of(), List.of());
    }

    private static String words(FlagCondition condition) {
        String who = condition.properties().isEmpty() ? "everyone"
                : condition.properties().stream().map(FlagViews::words).collect(Collectors.joining(" and "));
        return who + ": " + (condition.rolloutPercentage() == null ? "100" : number(condition.rolloutPercentage())) + " %"
                + (condition.variant() == null ? "" : ", variant " + condition.variant());
    }

    private static String words(PropertyFilter filter) {
        String what = "person".equals(filter.type()) || filter.type() == null ? filter.key()
                : filter.type() + " " + filter.key();
        String how = filter.operator() == null ? "exact" : filter.operator().toString();
        return what + " " + how.replace('_', ' ') + (filter.value() == null ? "" : " " + filter.value());
    }

    private static String words(FlagVariant variant) {
        return variant.key() + (variant.rolloutPercentage() == null ? "" : " " + number(variant.rolloutPercentage()) + " %");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
