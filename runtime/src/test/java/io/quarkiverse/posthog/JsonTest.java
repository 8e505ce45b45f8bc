package io.quarkiverse.posthog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.PostHogObjectMapper;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;

/** PostHog's JSON, there and back. */
class JsonTest {

    private final ObjectMapper mapper = TestAccounts.mapper();

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"key\": \"plan\", \"value\": \"pro\", \"type\": \"person\", \"operator\": \"exact\"}",
            "{\"key\": \"plan\", \"value\": [\"pro\", 1, null], \"type\": \"event\", \"operator\": \"is_not\"}",
            "{\"key\": \"id\", \"value\": 55, \"type\": \"cohort\", \"operator\": \"in\", \"cohort_name\": \"Beta\"}",
            "{\"key\": \"size\", \"value\": 5, \"type\": \"group\", \"operator\": \"gt\", \"group_type_index\": 2, \"negation\": true}",
            "{\"key\": \"x\", \"type\": \"person\", \"operator\": \"invented_in_2030\", \"new\": {\"deep\": [1.50]}}" })
    void propertyFiltersComeBackAsTheyWere(String json) throws JsonProcessingException {
        assertThat(mapper.readTree(mapper.writeValueAsString(mapper.readValue(json, PropertyFilter.class))))
                .isEqualTo(mapper.readTree(json));
    }

    @Test
    void propertyFiltersAreWrittenAsPostHogReadsThem() throws JsonProcessingException {
        assertThat(mapper.writeValueAsString(List.of(PropertyFilter.person("plan", "pro"), PropertyFilter.cohort(55),
                PropertyFilter.flag(11, true)))).isEqualTo("""
                        [{"key":"plan","value":"pro","type":"person","operator":"exact"},\
                        {"key":"id","value":55,"type":"cohort","operator":"in"},\
                        {"key":"11","value":true,"type":"flag","operator":"flag_evaluates_to"}]""");
    }

    @Test
    void flagsComeBackWithWhatIsNotKnown() throws JsonProcessingException {
        String json = """
                {"groups": [{"properties": [{"key": "11", "value": true, "type": "flag", "operator": "flag_evaluates_to"}],
                             "rollout_percentage": 12.5, "variant": "test", "description": "dependency", "sort_key": "x"}],
                 "multivariate": {"variants": [{"key": "test", "name": "Shiny", "rollout_percentage": 100, "color": "red"}],
                                  "seed": 5},
                 "payloads": {"test": "{\\"color\\": \\"green\\"}"},
                 "holdout": {"id": 4, "exclusion_percentage": 10}, "early_exit": true}""";

        FlagFilters filters = mapper.readValue(json, FlagFilters.class);

        assertThat(mapper.readTree(mapper.writeValueAsString(filters))).isEqualTo(mapper.readTree(json));
        assertThat(filters.additionalProperties()).containsKeys("holdout", "early_exit");
        assertThat(filters.payloadAs("test", Map.class)).hasValue(Map.of("color", "green"));
        assertThat(filters.payloadAs("other", Map.class)).isEmpty();
    }

    @Test
    void payloadsAreAnyValue() {
        FlagFilters filters = FlagFilters.create().payload(List.of(1, 2)).payload("text", "text").payload("none", null);

        assertThat(filters.payloads()).isEqualTo(Map.of("true", "[1,2]", "text", "\"text\"", "none", "null"));
        assertThat(filters.payloadAs("text", String.class)).hasValue("text");
        assertThat(filters.payloadAs("none", String.class)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> filters.payloadAs("text", Integer.class))
                .withMessageStartingWith("The payload is not a Integer");
        assertThatIllegalArgumentException().isThrownBy(() -> FlagFilters.create().payload(new Object()))
                .withMessageStartingWith("The payload can't be written as JSON");
    }

    @Test
    void payloadsThatAreNoTextBecomeIt() throws JsonProcessingException {
        FlagFilters filters = mapper.readValue("{\"payloads\": {\"true\": {\"a\": 1}, \"x\": 5}}", FlagFilters.class);

        assertThat(filters.payloads()).isEqualTo(Map.of("true", "{\"a\":1}", "x", "5"));
    }

    @Test
    void flagsNeedNothingButAnId() throws JsonProcessingException {
        FeatureFlag flag = mapper.readValue("""
                {"id": 1, "key": null, "filters": null, "version": null, "active": null, "tags": null, "experiment_set": null,
                 "status": "INVENTED", "evaluation_runtime": "edge"}""", FeatureFlag.class);

        assertThat(flag.filters().groups()).isEmpty();
        assertThat(flag.status()).isEqualTo("INVENTED");
        assertThat(flag.tags()).isEmpty();
    }

    @Test
    void personsHaveANumericIdInTheDetailOnly() throws JsonProcessingException {
        String uuid = "0192bbbb-2222-7000-8000-000000000001";
        Person listed = mapper.readValue("""
                {"type": "person", "id": "%s", "uuid": "%s", "distinct_ids": ["a"], "is_identified": null}"""
                .formatted(uuid, uuid), Person.class);
        Person read = mapper.readValue("{\"id\": 981234567, \"uuid\": \"%s\"}".formatted(uuid), Person.class);

        assertThat(listed.uuid()).isEqualTo(read.uuid()).isEqualTo(UUID.fromString(uuid));
        assertThat(listed.numericId()).isNull();
        assertThat(listed.additionalProperties()).containsEntry("type", "person");
        assertThat(read.numericId()).isEqualTo(981234567);
        assertThat(read.properties()).isEmpty();
    }

    @Test
    void numbersKeepTheirDigits() throws JsonProcessingException {
        Event event = mapper.readValue("""
                {"id": "0199aaaa-0000-7000-8000-000000000001", "timestamp": "2026-11-20T10:00:01.123456+00:00",
                 "properties": {"amount": 49.99, "precise": 0.1234567890123456789, "huge": 123456789012345678901234567890,
                                "long": 9007199254740993, "int": 5, "nothing": null}}""", Event.class);

        assertThat(event.properties()).containsEntry("amount", new BigDecimal("49.99"))
                .containsEntry("precise", new BigDecimal("0.1234567890123456789"))
                .containsEntry("huge", new BigInteger("123456789012345678901234567890"))
                .containsEntry("long", 9007199254740993L).containsEntry("int", 5).containsEntry("nothing", null);
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-11-20T10:00:01.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"results\": null}", "{\"detail\": \"odd\"}", "{\"results\": [null]}", "[]", "5" })
    void listsAreNothingElse(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, new TypeReference<PageResponse<Event>>() {
        })).isInstanceOf(JsonProcessingException.class);
    }

    /** The mapper of the application is its own affair; that of the protocol is not. */
    @Test
    void doesNotDependOnTheMapperOfTheApplication() throws JsonProcessingException {
        ObjectMapper odd = PostHogObjectMapper.forValues(JsonMapper.builder().findAndAddModules()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE).build());

        assertThat(odd.readValue("{\"key\": \"plan\", \"unknown\": 1}", PropertyFilter.class).key()).isEqualTo("plan");
        assertThat(odd.readValue("{\"results\": []}", new TypeReference<PageResponse<Event>>() {
        }).results()).isEmpty();
    }
}
