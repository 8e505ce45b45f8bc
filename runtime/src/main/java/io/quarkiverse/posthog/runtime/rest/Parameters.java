package io.quarkiverse.posthog.runtime.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The parameters of a list request; what is null or empty is left out. */
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

    /** PostHog takes lists as JSON text. */
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

    /** The parameters of the request for one page. */
    Map<String, String> paged(int limit, int offset) {
        Map<String, String> paged = toMap();
        paged.put("limit", Integer.toString(limit));
        if (offset > 0) {
            paged.put("offset", Integer.toString(offset));
        }
        return paged;
    }

    public Map<String, String> toMap() {
        return new LinkedHashMap<>(parameters);
    }
}
