package io.quarkiverse.posthog.runtime.errors;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.posthog.runtime.config.ExceptionsConfig;

/**
 * Determines which classes are in-app: the classes from which the application was built, unless configured otherwise.
 *
 * @param classes the classes of the application that the build found, without generated classes
 * @param include prefixes of additional classes
 * @param exclude prefixes of classes that are never in-app
 */
record InAppClassifier(Set<String> classes, List<String> include, List<String> exclude) {

    static InAppClassifier of(Set<String> classes, ExceptionsConfig config) {
        return new InAppClassifier(classes, prefixes(config.inAppInclude()), prefixes(config.inAppExclude()));
    }

    private static List<String> prefixes(Optional<List<String>> configured) {
        return configured.orElse(List.of()).stream().map(String::strip).filter(prefix -> !prefix.isEmpty()).toList();
    }

    boolean test(String className) {
        return (classes.contains(className) || isBelowAny(include, className)) && !isBelowAny(exclude, className);
    }

    /** Returns whether a name equals one of the given classes or packages, or is below one of them. */
    static boolean isBelowAny(List<String> prefixes, String name) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix) && (name.length() == prefix.length() || prefix.endsWith(".")
                    || name.charAt(prefix.length()) == '.' || name.charAt(prefix.length()) == '$')) {
                return true;
            }
        }
        return false;
    }
}
