package io.quarkiverse.posthog.testing.hooks;

import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.platform.commons.support.AnnotationSupport;

import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.TestFlags;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkiverse.posthog.testing.runtime.JsonValues;

/** Finds and applies the flag values of annotations. */
final class WithFlagProcessor {

    private WithFlagProcessor() {
    }

    /**
     * Applies the annotations of a test.
     *
     * @param elements the annotated elements: the classes, outermost first, and then the method, in ascending precedence
     */
    static void apply(List<? extends AnnotatedElement> elements) {
        effective(elements).forEach(WithFlagProcessor::apply);
    }

    static Collection<WithFlag> effective(List<? extends AnnotatedElement> elements) {
        Map<Flag, WithFlag> flags = new LinkedHashMap<>();
        elements.forEach(element -> AnnotationSupport.findRepeatableAnnotations(element, WithFlag.class)
                .forEach(flag -> flags.put(new Flag(flag.account(), key(flag)), flag)));
        return flags.values();
    }

    private record Flag(String account, String key) {
    }

    private static String key(WithFlag flag) {
        if (flag.value().isEmpty() == flag.key().isEmpty()) {
            throw problem(flag, flag.key().isEmpty() ? "does not name a flag; set the key, such as @WithFlag(\"new-checkout\")"
                    : "names two flags; use either value or key");
        }
        return flag.value() + flag.key();
    }

    private static void apply(WithFlag flag) {
        String key = key(flag);
        TestFlags flags = PostHogTestKit.of(flag.account()).flags();
        if (!flag.variant().isEmpty() && !flag.enabled()) {
            throw problem(flag, "has a variant, but is off; remove one of them");
        }
        if (flag.variant().isEmpty()) {
            if (flag.payload().isEmpty()) {
                flags.set(key, flag.enabled());
            } else {
                flags.set(key, flag.enabled(), payload(flag));
            }
        } else if (flag.payload().isEmpty()) {
            flags.variant(key, flag.variant());
        } else {
            flags.variant(key, flag.variant(), payload(flag));
        }
    }

    private static Object payload(WithFlag flag) {
        try {
            return JsonValues.parsed(flag.payload());
        } catch (IllegalArgumentException e) {
            throw problem(flag, "has a payload that is not JSON (" + e.getMessage() + "); a text requires quotation marks");
        }
    }

    private static IllegalArgumentException problem(WithFlag flag, String problem) {
        return new IllegalArgumentException(flag + " " + problem);
    }
}
