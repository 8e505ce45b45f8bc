package io.quarkiverse.posthog.runtime.rest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.stream.Stream;

import jakarta.ws.rs.PathParam;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            .|is the dot segment '.'
            ..|is the dot segment '..'
            ` ..`|is the dot segment '..'
            ..;a|is the dot segment
            .;|is the dot segment
            \uff0e\uff0e|is the dot segment
            \u2025|is the dot segment
            %2e%2e|contains the encoded character '%2e'
            .%2E|contains the encoded character '%2E'
            %252e%252e|contains the encoded character '%25'
            a%2fb|contains the encoded character '%2f'
            a%5Cb|contains the encoded character '%5C'
            a%00|contains the encoded character '%00'
            %c0%ae%c0%ae|contains the encoded character '%c0'
            a/b|contains '/'
            /|contains '/'
            ../|contains '/'
            a/../../..|contains '/'
            a\\b|contains '\\'
            ..\\|contains '\\'
            a\uff0fb|contains '/'
            """)
    @Tag("VAL-4")
    void rejectsWhatLeadsElsewhere(String value, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathSegment.of("shortId", value))
                .withMessageStartingWith("The value of 'shortId' " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u0000", "a\u0000b", "a\r\nb", "a\tb", "\u007f", "a\u0085" })
    @Tag("VAL-4")
    void rejectsControlCharacters(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathSegment.of("key", value))
                .withMessageMatching("(?s)The value of 'key' contains the control character U\\+[0-9A-F]{4};.*");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void rejectsNothing(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathSegment.of("key", value))
                .withMessage("The value of 'key' must not be blank");
    }

    @ParameterizedTest
    @ValueSource(strings = { "aBc12", "@current", "42", "new-dashboard_2", "a.b", "...", "a..b", "..a", "100%", "5%-off", "a b",
            "Zo\u00eb", "\ud83d\ude00", "a?b=c#d", "a;b", "018f3d2e-9f00-7000-8000-000000000000" })
    @Tag("VAL-4")
    void keepsEverythingElse(String value) {
        assertThat(PathSegment.of("key", value)).hasToString(value);
    }

    /** The project ID, a number or {@code @current}, is checked with the account. */
    @Test
    @Tag("VAL-4")
    void everyPathParameterIsChecked() {
        Stream<Parameter> parameters = Stream.of(PostHogApi.class, FlagsApi.class, FlagDefinitionsApi.class, IngestionApi.class,
                KeyAndProjectApi.class).flatMap(api -> Arrays.stream(api.getMethods()))
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(PathParam.class))
                .filter(parameter -> parameter.getDeclaringExecutable().getDeclaringClass() != KeyAndProjectApi.class);

        assertThat(parameters.toList()).isNotEmpty().allMatch(
                parameter -> parameter.getType() == PathSegment.class || parameter.getType() == ApiPath.class);
    }
}
