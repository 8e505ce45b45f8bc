package io.quarkiverse.posthog.emulator.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pages by limit and offset. */
public final class ListPage {

    private static final int DEFAULT_LIMIT = 100;

    private final ApiRequest request;
    private final int limit;
    private final int offset;

    public ListPage(ApiRequest request) {
        this(request, DEFAULT_LIMIT);
    }

    public ListPage(ApiRequest request, int defaultLimit) {
        this.request = request;
        int requested = request.count("limit", defaultLimit);
        // Zero is not a page size: the framework falls back to its default
        this.limit = requested == 0 ? defaultLimit : requested;
        this.offset = request.count("offset", 0);
    }

    /** Returns the standard page with the total number of rows. */
    public <T> EmulatorResponse counted(List<T> all, Function<T, ? extends JsonNode> toJson) {
        ObjectNode page = EmulatorJson.object().put("count", all.size());
        page.put("next", end() < all.size() ? link(end()) : null);
        page.put("previous", previous());
        page.set("results", rows(all.stream(), toJson));
        return EmulatorResponse.ok(page);
    }

    /** Returns a page with a flag for the next page, instead of a link. */
    public EmulatorResponse flagged(List<? extends JsonNode> all) {
        ObjectNode page = EmulatorJson.object();
        page.set("results", rows(all.stream(), row -> row));
        return EmulatorResponse.ok(page.put("has_next", end() < all.size()).put("version", 4));
    }

    /**
     * Returns a page of persons, which has a next page if it is full, so that the last page can be empty. Later rows are not
     * read, because the number of persons can be large.
     */
    public <T> ObjectNode uncounted(Stream<T> all, Function<T, ? extends JsonNode> toJson) {
        ArrayNode rows = rows(all, toJson);
        ObjectNode page = EmulatorJson.object();
        page.set("results", rows);
        page.put("next", rows.size() >= limit ? link(end()) : null);
        page.put("previous", previous());
        return page;
    }

    /** The offset behind this page, which may be beyond any number of rows. */
    private long end() {
        return (long) offset + limit;
    }

    private <T> ArrayNode rows(Stream<T> all, Function<T, ? extends JsonNode> toJson) {
        ArrayNode rows = EmulatorJson.array();
        all.skip(offset).limit(limit).forEach(row -> rows.add(toJson.apply(row)));
        return rows;
    }

    private String previous() {
        return offset == 0 ? null : link(Math.max(0, offset - limit));
    }

    private String link(long toOffset) {
        return request.urlWith(Map.of("limit", Integer.toString(limit), "offset", Long.toString(toOffset)));
    }
}
