package io.quarkiverse.posthog.runtime.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Creates object mappers for PostHog's JSON. */
public final class PostHogObjectMapper {

    private PostHogObjectMapper() {
    }

    /** Creates the mapper of requests and responses, which is independent of the application. */
    public static ObjectMapper create() {
        return configure(JsonMapper.builder().addModules(new JavaTimeModule(), new Jdk8Module()).build());
    }

    /**
     * Creates the mapper of values that the application provides, such as event properties: it supports the same types as the
     * application's mapper, but the settings that PostHog depends on are fixed.
     */
    public static ObjectMapper forValues(ObjectMapper application) {
        return configure(application.copy());
    }

    private static ObjectMapper configure(ObjectMapper mapper) {
        return mapper
                .deactivateDefaultTyping()
                .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS)
                .setPropertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, DeserializationFeature.UNWRAP_ROOT_VALUE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRAP_ROOT_VALUE,
                        SerializationFeature.INDENT_OUTPUT)
                // Preserves decimal numbers such as 49.99 exactly
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }
}
