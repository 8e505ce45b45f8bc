package io.quarkiverse.posthog.runtime.rest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "/", "/api", "/api/", "api/projects/", "projects/1/", "https://us.posthog.com/api/projects/",
            "//evil.example/api/x/", "\\\\evil.example\\api\\", "/API/projects/", "/e/", "/flags/", "/_emulator/reset" })
    @Tag("API-1")
    void rejectsWhatIsNotBelowTheApi(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiPath.of(path)).withMessageContaining("must begin with /api/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/projects/{project}/../../x/|is the dot segment '..'
            /api/./x/|is the dot segment '.'
            /api/..|is the dot segment '..'
            /api/projects/..;a/x/|is the dot segment
            /api/projects/%2e%2e/x/|contains the encoded character '%2e'
            /api/projects/a%2fb/|contains the encoded character '%2f'
            /api/projects/a\\b/|contains '\\'
            /api/projects/\uff0e\uff0e/|is the dot segment
            /api//x/|has an empty segment
            /api/x//|has an empty segment
            /api/x/?token=y|must not contain '?'
            /api/x/#y|must not contain '?' or '#'
            /api/x/{id}.json|but a variable must be a whole segment
            /api/x/a{id}/|but a variable must be a whole segment
            /api/x/{}/|but a variable must be a whole segment
            /api/x/{a b}/|but a variable must be a whole segment
            """)
    @Tag("API-1")
    void rejectsWhatLeadsElsewhere(String path, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiPath.of(path)).withMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\r\nb", "a\u0000b" })
    @Tag("API-1")
    void rejectsControlCharacters(String segment) {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiPath.of("/api/" + segment + "/"))
                .withMessageContaining("control character");
    }

    @Test
    @Tag("API-1")
    void valuesAreOneSegment() {
        ApiPath path = ApiPath.of("/api/projects/{project}/surveys/{id}/");

        assertThat(path.with("project", 7).with("id", PathSegment.of("id", "a?b #{c}%"))).hasToString(
                "projects/7/surveys/a%3Fb%20%23%7Bc%7D%25/");
        assertThat(path.with("project", PathSegment.of("p", "@current")).with("id", 1)).hasToString(
                "projects/@current/surveys/1/");
    }

    @Test
    void variablesHaveAValue() {
        ApiPath path = ApiPath.of("/api/projects/{project}/surveys/{id}").with("id", 1);

        assertThat(path.variables()).containsExactlyInAnyOrder("project", "id");
        assertThat(path.unset()).containsExactly("project");
        assertThatIllegalArgumentException().isThrownBy(path::toString)
                .withMessage("The path '/api/projects/{project}/surveys/{id}' has no value for {project}; set it with "
                        + "path(\"project\", value)");
        assertThatIllegalArgumentException().isThrownBy(() -> path.with("ID", 1)).withMessageContaining("has no variable {ID}");
        assertThat(path.with("project", 2)).hasToString("projects/2/surveys/1");
    }

    @Test
    void templateHasNoIds() {
        assertThat(ApiPath.of("/api/projects/4242/surveys/0192f000-0000-7000-8000-000000000001/").template())
                .isEqualTo("/api/projects/{id}/surveys/{id}/");
        assertThat(ApiPath.of("/api/projects/{project}/surveys/{survey}/").with("survey", 3).template())
                .isEqualTo("/api/projects/{project}/surveys/{survey}/");
    }

    @Test
    @Tag("API-7")
    void messagesHaveNoKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiPath.of("/api/x/?personal_api_key=phx_0123456789abcdef"))
                .withMessageNotContaining("phx_0");
    }
}
