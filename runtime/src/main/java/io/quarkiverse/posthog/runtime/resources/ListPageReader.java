package io.quarkiverse.posthog.runtime.resources;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.rest.ApiExecutor.JsonReader;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;

/**
 * Reads a page of any list of PostHog:
 * <ul>
 * <li>{@code {"results": [...], "next": "..."}}, with an offset or a cursor in the link, and with or without {@code count}
 * <li>{@code {"results": [...], "has_next": true}}, as in the list of session recordings, which has no link
 * <li>an array with all items
 * </ul>
 *
 * @param parameters the parameters of the request
 */
record ListPageReader<T>(ObjectMapper mapper, Class<T> type, Map<String, String> parameters)
        implements
            JsonReader<PageResponse<ListItem<T>>> {

    @Override
    public PageResponse<ListItem<T>> read(byte[] body) throws IOException {
        JsonNode page = mapper.readTree(body);
        JsonNode results = page.isArray() ? page : page.path("results");
        if (!results.isArray()) {
            throw new IllegalArgumentException("a list without 'results'; use as(...) to read an object");
        }
        List<ListItem<T>> items = new ArrayList<>(results.size());
        for (JsonNode item : results) {
            if (item.isNull()) {
                throw new IllegalArgumentException("a list with null among its items");
            }
            items.add(new ListItem<>(id(item), mapper.treeToValue(item, type)));
        }
        JsonNode count = page.path("count");
        return new PageResponse<>(count.canConvertToLong() ? count.longValue() : null, next(page, items.size()), items);
    }

    private static Object id(JsonNode item) {
        JsonNode id = item.hasNonNull("uuid") ? item.get("uuid") : item.path("id");
        return id.isTextual() || id.isIntegralNumber() ? id.asText() : null;
    }

    private String next(JsonNode page, int items) {
        JsonNode next = page.path("next");
        if (next.isTextual()) {
            return next.textValue();
        }
        return page.path("has_next").asBoolean(false) ? nextOffset(items) : null;
    }

    /** Returns a link that skips the items of this page, of which there may be fewer than requested. */
    private String nextOffset(int items) {
        long offset = Long.parseLong(parameters.getOrDefault("offset", "0"));
        Map<String, String> next = new LinkedHashMap<>(parameters);
        next.put("offset", Long.toString(offset + items));
        return next.entrySet().stream().map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
