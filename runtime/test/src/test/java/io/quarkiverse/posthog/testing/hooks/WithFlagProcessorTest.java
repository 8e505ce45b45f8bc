package io.quarkiverse.posthog.testing.hooks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.posthog.testing.WithFlag;

/** What can't be meant. What can is tested in an application. */
class WithFlagProcessorTest {

    @ParameterizedTest
    @CsvSource({ "noKey, does not name a flag", "twoKeys, names two flags",
            "variantThatIsOff, 'has a variant, but is off'", "noJson, has a payload that is not JSON" })
    void whatCantBeMeantIsExplained(String method, String problem) throws NoSuchMethodException {
        Method annotated = Mistakes.class.getDeclaredMethod(method);

        assertThatThrownBy(() -> WithFlagProcessor.apply(List.of(Mistakes.class, annotated)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("WithFlag(")
                .hasMessageContaining(problem);
    }

    /** Not to be run. */
    private static final class Mistakes {

        @WithFlag
        void noKey() {
        }

        @WithFlag(value = "one", key = "other")
        void twoKeys() {
        }

        @WithFlag(key = "hero-banner", variant = "summer", enabled = false)
        void variantThatIsOff() {
        }

        @WithFlag(key = "discount", payload = "{percent: 20}")
        void noJson() {
        }
    }
}
