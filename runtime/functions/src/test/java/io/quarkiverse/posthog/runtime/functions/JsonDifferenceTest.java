package io.quarkiverse.posthog.runtime.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

class JsonDifferenceTest {

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void changedValuesHaveTheirPaths() throws JsonProcessingException {
        ObjectNode before = object(
                "{'active':true,'name':'a','filters':{'groups':[{'rollout_percentage':20,'variant':null}]}}");
        ObjectNode after = object("{'active':false,'filters':{'groups':[{'rollout_percentage':50.0},{'properties':[]}]}}");

        assertThat(JsonDifference.of(before, after, Set.of("active", "filters"))).extracting(Object::toString)
                .containsExactlyInAnyOrder("Change[field=active, before=true, after=false]",
                        "Change[field=filters.groups[0].rollout_percentage, before=20, after=50.0]",
                        "Change[field=filters.groups[1], before=, after={\"properties\":[]}]");
    }

    @Test
    void numbersWithAndWithoutDecimalsAreTheSame() throws JsonProcessingException {
        assertThat(JsonDifference.of(object("{'a':50,'b':null}"), object("{'a':50.0}"), Set.of("a", "b"))).isEmpty();
    }

    private ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) mapper.readTree(json.replace('\'', '"'));
    }
}
