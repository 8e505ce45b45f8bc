package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.definedForPro;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagBootstrap;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.UnresolvedFlagReason;

/** The runtimes of flags, and flags for browsers. */
class ClientFlagsTest {

    private final TestEvaluations test = TestEvaluations.of();

    private void defineAll() {
        test.define(String.join(",", runtime(defined("client", "blue"), "client"), runtime(defined("server", "true"), "server"),
                runtime(defined("all", "true"), "all"), runtime(defined("off", "false"), "all"), defined("unknown", "true")));
    }

    @Test
    @Tag("CLF-1")
    void theRuntimeIsThatOfTheDefinition() {
        test.define(runtime(defined("client", "blue"), "client") + "," + runtime(definedForPro("remote"), "all") + ","
                + defined("unknown", "true"));
        test.postHog.answers(FlagsStub.flags("remote", "true", "undefined", "true"));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.results().get("client").runtime()).contains(EvaluationRuntime.CLIENT);
        assertThat(flags.results().get("remote").runtime()).contains(EvaluationRuntime.ALL);
        assertThat(flags.results().get("remote").locallyEvaluated()).isFalse();
        assertThat(flags.results().get("unknown").runtime()).isEmpty();
        assertThat(flags.results().get("undefined").runtime()).isEmpty();
    }

    @Test
    @Tag("CLF-1")
    void aPartForARuntimeHasItsFlagsAndThoseForAll() {
        defineAll();

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.onlyFor(EvaluationRuntime.CLIENT).keys()).containsExactlyInAnyOrder("client", "all", "off");
        assertThat(flags.onlyFor(EvaluationRuntime.SERVER).keys()).containsExactlyInAnyOrder("server", "all", "off");
        assertThat(flags.onlyFor(EvaluationRuntime.ALL).keys()).doesNotContain("unknown");
        assertThat(flags.keys()).contains("server", "unknown");
    }

    @Test
    @Tag("CLF-2")
    void flagsCanBeEvaluatedForClients() {
        defineAll();
        test.postHog.answers(FlagsStub.flags("remote", "true"));
        FlagContext client = FlagContext.of(PERSON).runtime(EvaluationRuntime.CLIENT);

        assertThat(test.evaluate(client).keys()).containsExactlyInAnyOrder("client", "all", "off", "unknown");
        assertThat(test.postHog.requests).isEmpty();

        FlagSnapshot remote = test.evaluate(client.onlyEvaluateRemotely());

        assertThat(test.postHog.requests.get(0).path("evaluation_runtime").asText()).isEqualTo("client");
        assertThat(remote.onlyFor(EvaluationRuntime.CLIENT).keys()).containsExactly("remote");
    }

    @Test
    @Tag("CLF-5")
    void aFlagCanBeUnknownForOneRuntimeOnly() {
        test.define(defined("beta-ui", "true"));
        FlagContext server = FlagContext.of(PERSON).flagKeys("secret");
        FlagContext client = server.runtime(EvaluationRuntime.CLIENT);

        assertThat(test.evaluate(client).keys()).isEmpty();
        test.postHog.answers(FlagsStub.flags("secret", "true"));
        assertThat(test.evaluate(server).keys()).containsExactly("secret");
        assertThat(test.evaluate(client).keys()).isEmpty();

        assertThat(test.postHog.requests).extracting(request -> request.path("evaluation_runtime").asText())
                .containsExactly("client", "server");
    }

    @Test
    @Tag("CLF-5")
    void aFlagOfAnotherRuntimeIsNotRequested() {
        test.define(runtime(definedForPro("client"), "client") + "," + runtime(definedForPro("server"), "server"));
        FlagContext server = FlagContext.of(PERSON).flagKeys("client");

        assertThat(test.evaluate(server).unresolvedFlags())
                .isEqualTo(Map.of("client", UnresolvedFlagReason.MISSING_CONTEXT));
        assertThat(test.evaluate(server.flagKeys("server").runtime(EvaluationRuntime.CLIENT)).keys()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();

        assertThat(test.evaluate(server.runtime(EvaluationRuntime.CLIENT)).keys()).isEmpty();
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("CLF-3")
    void aBrowserGetsTheClientFlagsThatAreOn() {
        defineAll();

        FlagBootstrap bootstrap = test.evaluate().bootstrap(true);

        assertThat(bootstrap).isEqualTo(new FlagBootstrap(PERSON, true, Map.of("client", "blue", "all", true),
                Map.of("client", List.of(1))));
        assertThat(test.exposures()).isEmpty();
    }

    @Test
    @Tag("CLF-3")
    void withoutAPersonThereIsNothingToHandOver() {
        assertThat(test.evaluate(FlagContext.create()).bootstrap(false).json())
                .isEqualTo("{\"isIdentifiedID\":false,\"featureFlags\":{},\"featureFlagPayloads\":{}}");
    }

    @Test
    @Tag("CLF-4")
    void theJsonCanNotEndItsScript() throws JsonProcessingException {
        String text = "</script><script>alert('&\u2028')";
        FlagBootstrap bootstrap = new FlagBootstrap(text, true, Map.of("a", text), Map.of(text, List.of(text)));

        assertThat(bootstrap.json()).doesNotContain("<", ">", "&", "'", "\u2028")
                .startsWith("{\"distinctID\":\"\\u003C/script");
        JsonNode read = new ObjectMapper().readTree(bootstrap.json());
        assertThat(read.path("distinctID").asText()).isEqualTo(text);
        assertThat(read.at("/featureFlags/a").asText()).isEqualTo(text);
        assertThat(read.path("featureFlagPayloads").path(text).get(0).asText()).isEqualTo(text);
        assertThat(read).isEqualTo(new ObjectMapper().valueToTree(bootstrap));
    }

    private static String runtime(String flag, String runtime) {
        return flag.replaceFirst("'active'", "'evaluation_runtime': '" + runtime + "', 'active'");
    }
}
