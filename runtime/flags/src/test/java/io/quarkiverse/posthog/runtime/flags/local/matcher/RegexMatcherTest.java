package io.quarkiverse.posthog.runtime.flags.local.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexMatcherTest {

    /** An evaluation without a limit, because only the limit of a single search is tested. */
    private static final MatchContext UNLIMITED = new MatchContext() {

        @Override
        public boolean affords(long steps) {
            return true;
        }

        @Override
        public Instant instant() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ZoneId zone() {
            return null;
        }
    };

    private static Match match(String regex, Object value) {
        return new RegexCompiler().compile(regex, false).match(value, UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = { "\\.com$~value.com~YES", "\\.com$~value2com~NO", "lu~value~YES", "^al~value~NO",
            "4~14~YES",
            "(?i)VAL~value~YES", "VAL~value~NO", "^[^@]+@(a|b)\\.(com|org)$~x@b.org~YES", "[0-9]{2,4}~a1b~NO", "a{3}~caaat~YES",
            "^\\d+\\s\\w+$~12 ab~YES", "(?P<n>a)(?:b)~ab~YES", "(?<n>a)~b~NO", "ä.ö~äüö~YES", ".~😀~YES", "^.$~😀~YES",
            "[a-z.-]+~-~YES", "a?b*?c+~bbc~YES" })
    @Tag("LFO-7")
    void findsWhatThePatternSays(String regex, String value, Match expected) {
        assertThat(match(regex, value)).isEqualTo(expected);
        assertThat(new RegexCompiler().compile(regex, true).match(value, UNLIMITED)).isEqualTo(expected.not());
    }

    @ParameterizedTest
    @ValueSource(strings = { "?*", "(", "[", "*", "a)", "x{2,1}", "[z-a]", "**", "\\" })
    @Tag("LFO-7")
    void anInvalidPatternNeverMatchesEitherWay(String regex) {
        assertThat(new RegexCompiler().compile(regex, false).match("value", UNLIMITED)).isEqualTo(Match.NO);
        assertThat(new RegexCompiler().compile(regex, true).match("value", UNLIMITED)).isEqualTo(Match.NO);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?P<n>a)(?P=n)", "(?<n>a)\\k<n>", "(?>a)",
            "a*+",
            "a++", "\\Ga", "a\\Z", "\\Qa\\E", "(?x) a", "(?(1)a|b)", "a{1001}", "[a&&b]", "[[a]b]", "[a--b]", "[]x]", "[^]x]",
            "a{", "a{,3}",
            "a**",
            "\\p{Letter}", "\\u0041", "\\<a" })
    void whatAnotherEngineMayReadOtherwiseIsNotDecided(String regex) {
        assertThat(new RegexCompiler().compile(regex, false)).isNull();
    }

    @Test
    void digitsOfOtherScriptsAreNotDecided() {
        assertThat(match("^\\d+$", "123")).isEqualTo(Match.YES);
        assertThat(match("^\\d+$", "١٢٣")).isEqualTo(Match.UNKNOWN);
        assertThat(match("[\\w.]+@", "ä@")).isEqualTo(Match.UNKNOWN);
        assertThat(match("^[0-9]+$", "١٢٣")).isEqualTo(Match.NO);
    }

    @ParameterizedTest
    @ValueSource(strings = { "(a+)+$", "(a|aa)+$", "(a*)*b", "([a-zA-Z]+)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){12}$" })
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Tag("LFO-7")
    void catastrophicPatternsTakeNoLongerThanOthers(String regex) {
        PropertyMatcher matcher = new RegexCompiler().compile(regex, false);

        assertThat(matcher.match("a".repeat(5000) + "!", UNLIMITED)).isIn(Match.YES, Match.NO);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void patternsThatGrowBeyondMeasureAreNotDecided() {
        assertThat(new RegexCompiler().compile("((a{100}){100}){100}", false)).isNull();
        assertThat(new RegexCompiler().compile("(a{1000}){1000}", false)).isNull();
        assertThat(new RegexCompiler().compile("(((((a{1,99}){1,99}){1,99}){1,99}){1,99}){1,99}", false)).isNull();
        assertThat(match("^[a-z]{1,64}@[a-z]{1,64}\\.[a-z]{2,10}$", "ada@example.com")).isEqualTo(Match.YES);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void textsBeyondMeasureAreNotDecided() {
        assertThat(match("(x+x+)+y", "x".repeat(10_000_000))).isEqualTo(Match.UNKNOWN);
    }

    @Test
    void aPatternNestedTooDeepHarmsNobody() {
        String nested = "(".repeat(20_000) + "a" + ")".repeat(20_000);

        PropertyMatcher matcher = new RegexCompiler().compile(nested, false);

        assertThat(matcher).isNull();
    }
}
