package io.quarkiverse.posthog.runtime.functions.catalog;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/**
 * Reads lists that PostHog pages by offset. The cursor contains a page of PostHog, and the number of its rows that were already
 * returned, because a page can have fewer rows than its limit.
 */
final class OffsetLists {

    /**
     * A position in a list.
     *
     * @param skipped the number of rows of the page that were already returned
     */
    private record Position(int offset, int pageSize, int skipped) {

        static Position of(Invocation call) {
            ObjectNode position = call.arguments().position();
            if (position == null) {
                return new Position(call.arguments().number(CommonParameters.OFFSET),
                        call.arguments().number(CommonParameters.LIMIT), 0);
            }
            int offset = position.path("o").asInt(-1);
            int pageSize = position.path("n").asInt(-1);
            int skipped = position.path("s").asInt(-1);
            if (offset < 0 || pageSize < 1 || pageSize > CommonParameters.MAX_ROWS || skipped < 0) {
                throw new FunctionException(FunctionError.of(FunctionError.Type.VALIDATION, "cursor is invalid")
                        .field("cursor").hint("Start again without a cursor."));
            }
            return new Position(offset, pageSize, skipped);
        }

        ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("o", offset).put("n", pageSize).put("s", skipped);
        }
    }

    private OffsetLists() {
    }

    /** @param pages reads a page of PostHog */
    static <T> Uni<ObjectNode> read(Invocation call, Function<Paging, Uni<Page<T>>> pages, RowForm form) {
        Position position = Position.of(call);
        int limit = call.arguments().number(CommonParameters.LIMIT);
        return call.shaped(pages.apply(Paging.ALL.limit(position.pageSize()).offset(position.offset())), page -> {
            List<T> rest = page.items().subList(Math.min(position.skipped(), page.items().size()), page.items().size());
            List<ObjectNode> rows = rest.stream().limit(limit).map(item -> call.results().row(item, form)).toList();
            ObjectNode list = call.results().list(rows, kept -> next(call, position, page, kept), null);
            OptionalLong total = page.total();
            if (total.isPresent()) {
                list.put("total", total.getAsLong());
            }
            return list;
        });
    }

    private static String next(Invocation call, Position position, Page<?> page, int kept) {
        int returned = position.skipped() + kept;
        if (returned < page.items().size()) {
            return call.arguments().cursor(new Position(position.offset(), position.pageSize(), returned).json());
        }
        return !page.hasNext() ? null
                : call.arguments().cursor(new Position(position.offset() + position.pageSize(),
                        call.arguments().number(CommonParameters.LIMIT), 0).json());
    }
}
