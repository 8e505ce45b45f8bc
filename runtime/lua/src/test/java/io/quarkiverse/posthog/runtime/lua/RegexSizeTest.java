package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;

import com.google.re2j.Pattern;

class RegexSizeTest {

    @Test
    void usualPatternsAreSmall() {
        assertThat(RegexSize.of("^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,24}$")).isLessThan(300);
        assertThat(RegexSize.of("\\d{4}-\\d{2}-\\d{2}")).isLessThan(100);
        assertThat(RegexSize.of("a{,5}{")).isLessThan(50);
    }

    @Test
    void nestedRepetitionsMultiply() {
        assertThat(RegexSize.of("((a{1000}){1000}){1000}")).isGreaterThan(100_000_000);
        assertThat(RegexSize.of("(?:x{10}y){100}")).isGreaterThan(1_000);
        assertThat(RegexSize.of("[a{1000}]{2}")).isLessThan(100);
        assertThat(RegexSize.of("\\Qa{1000}\\E")).isLessThan(100);
    }

    /**
     * Each pattern that this class accepts must be compiled quickly, so a time limit would be unreliable: this one is generous.
     */
    @Test
    void anyTextHasASize() {
        Random random = new Random(4711);
        String characters = "ab({[)]}|*+?\\QE^$.,:1230-";
        long start = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                pattern.append(characters.charAt(random.nextInt(characters.length())));
            }
            long size = RegexSize.of(pattern.toString());
            assertThat(size).isNotNegative();
            if (size <= 5_000) {
                compile(pattern.toString());
            }
        }
        assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
    }

    private static void compile(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (com.google.re2j.PatternSyntaxException e) {
            assertThat(e.getDescription()).isNotBlank();
        }
    }
}
