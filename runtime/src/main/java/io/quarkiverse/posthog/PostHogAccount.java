package io.quarkiverse.posthog;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;

/**
 * Selects a named PostHog account.
 * <p>
 * The account {@code work} of {@code @PostHogAccount("work")} is configured with the keys
 * {@code quarkus.posthog."work".*}. {@code @PostHogAccount("default")} is the account that is injected without a
 * qualifier; its keys are {@code quarkus.posthog.*}.
 *
 * <pre>
 * {@literal @}Inject
 * {@literal @}PostHogAccount("work")
 * PostHog work;
 * </pre>
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ TYPE, METHOD, FIELD, PARAMETER })
public @interface PostHogAccount {

    /** The name of the default account: {@value}. */
    String DEFAULT = "default";

    /** The name of the account in the configuration. */
    String value();

    /** Creates {@link PostHogAccount} qualifiers for programmatic lookups, such as {@code Instance.select(...)}. */
    final class Literal extends AnnotationLiteral<PostHogAccount> implements PostHogAccount {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** Returns the qualifier of the account {@code name}. */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
