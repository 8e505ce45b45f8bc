package io.quarkiverse.posthog.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.openfeature.sdk.exceptions.OpenFeatureError;
import dev.openfeature.sdk.exceptions.ParseError;
import dev.openfeature.sdk.exceptions.TypeMismatchError;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.LongTexts;

/** Values of flags that a server made up. */
class FlagValueConverterTest {

    @Test
    void longVariantsAndPayloads() {
        LongTexts.parse(1_000_000, text -> read(text, "1"), OpenFeatureError.class);
        LongTexts.parse(1_000_000, text -> read("blue", text), OpenFeatureError.class);
        LongTexts.parse(1_000_000, text -> FlagValueConverter.object(flag("blue", text)), OpenFeatureError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1e1000000000", "-1e2147483647", "1e400" })
    void numbersWithoutEndAreNoNumbers(String number) {
        for (FlagResult flag : new FlagResult[] { flag(number, "[]"), flag("blue", number) }) {
            assertThatThrownBy(() -> FlagValueConverter.integer(flag)).isInstanceOf(TypeMismatchError.class);
            assertThatThrownBy(() -> FlagValueConverter.longInteger(flag)).isInstanceOf(TypeMismatchError.class);
            assertThatThrownBy(() -> FlagValueConverter.decimal(flag)).isInstanceOf(TypeMismatchError.class);
        }
    }

    @Test
    void aDeeplyNestedPayloadIsNoObject() {
        FlagResult deep = flag("blue", "[".repeat(150) + "]".repeat(150));
        FlagResult deeper = flag("blue", "[".repeat(999) + "]".repeat(999));

        assertThat(LongTexts.inLinearTime("deep", () -> FlagValueConverter.object(deep)).isList()).isTrue();
        assertThatThrownBy(() -> FlagValueConverter.object(deeper)).isInstanceOf(ParseError.class);
    }

    @Test
    void ordinaryNumbersAreRead() {
        assertThat(FlagValueConverter.integer(flag("42", "[]"))).isEqualTo(42);
        assertThat(FlagValueConverter.decimal(flag("blue", "1.5"))).isEqualTo(1.5);
        assertThat(FlagValueConverter.longInteger(flag("blue", "9007199254740993"))).isEqualTo(9007199254740993L);
    }

    private static void read(String variant, String payload) {
        FlagResult flag = flag(variant, payload);
        FlagValueConverter.text(flag);
        FlagValueConverter.decimal(flag);
        FlagValueConverter.integer(flag);
        FlagValueConverter.longInteger(flag);
    }

    private static FlagResult flag(String variant, String payload) {
        return new FlagResult("flag", FlagValue.of(variant), Optional.of(payload), Optional.empty(), OptionalLong.empty(),
                OptionalInt.empty(), Optional.empty(), false, Optional.empty());
    }
}
