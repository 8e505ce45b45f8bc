package io.quarkiverse.posthog.runtime.rest.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;

/** The parameters of a list request, without null values and empty lists. */
public final class Parameters {

    private final ObjectMapper mapper;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    public Parameters(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public Parameters with(String name, Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
        return this;
    }

    /** Adds a list, which PostHog expects as JSON text. */
    public Parameters with(String name, List<?> values) {
        if (!values.isEmpty()) {
            try {
                parameters.put(name, mapper.writeValueAsString(values));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(name + " can't be written as JSON: " + e.getOriginalMessage(), e);
            }
        }
        return this;
    }

    /**
     * Returns a value after checking that it can be part of a URL.
     *
     * @throws IllegalArgumentException if the value cannot be encoded
     */
    public static String encodable(String name, String value) {
        if (PostHogJsonWriter.isMalformed(value)) {
            throw new IllegalArgumentException("The value of '" + name + "' contains half of a surrogate pair, which is not a "
                    + "character; was the text cut in the middle of one?");
        }
        return value;
    }

    /** Returns the parameters of the request for one page. */
    public Map<String, String> paged(int limit, int offset) {
        Map<String, String> paged = toMap();
        paged.put("limit", Integer.toString(limit));
        if (offset > 0) {
            paged.put("offset", Integer.toString(offset));
        }
        return paged;
    }

    /**
     * Returns the parameters.
     *
     * @throws IllegalArgumentException if a value cannot be encoded
     */
    public Map<String, String> toMap() {
        parameters.forEach(Parameters::encodable);
        return new LinkedHashMap<>(parameters);
    }
}
