package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.dashboards.DashboardTile;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Reads dashboards. */
final class DashboardFunctions {

    private static final Field ID = new Field("id", "integer", "The ID, for dashboard_id.");
    private static final Field NAME = new Field("name", "string", "The name.");

    private static final RowForm LISTED = RowForm.of("id", "name", "description", "pinned", "tags", "created_at",
            "last_accessed_at");

    private static final RowForm SUMMARY = RowForm.of("id", "name", "description", "pinned", "tags", "filters", "variables",
            "last_refresh", "created_at");

    private static final RowForm FULL = RowForm.of().personal("tiles");

    static final FunctionDefinition LIST = new FunctionDefinition("posthog_list_dashboards", "List dashboards",
            "Lists the dashboards, without tiles, pinned ones first. Search instead of paging." + CommonParameters.DATA,
            Effect.READ,
            List.of(CommonParameters.limit(), CommonParameters.offset(), CommonParameters.search("Part of the name."),
                    CommonParameters.cursor(), CommonParameters.fields()),
            ResultForm.list(ID, NAME),
            (FunctionBehavior.Read) DashboardFunctions::list);

    static final FunctionDefinition GET = new FunctionDefinition("posthog_get_dashboard", "Get a dashboard",
            "Returns one dashboard with its tiles. Read the result of a tile with posthog_get_insight; fields=full contains all "
                    + "results." + CommonParameters.DATA,
            Effect.READ,
            List.of(required("dashboard_id", ParameterType.INTEGER, 42, "The numeric ID.").between(1, Integer.MAX_VALUE),
                    CommonParameters.fields()),
            ResultForm.object(ID, NAME, new Field("tiles", "array", "The tiles: id, and an insight or a text.")),
            (FunctionBehavior.Read) DashboardFunctions::get);

    private DashboardFunctions() {
    }

    private static Uni<ObjectNode> list(Invocation call) {
        Dashboards dashboards = call.account().posthog().dashboards();
        String search = call.arguments().textOrNull(CommonParameters.SEARCH);
        return OffsetLists.read(call, paging -> dashboards.page(new DashboardQuery(search, paging)), LISTED);
    }

    private static Uni<ObjectNode> get(Invocation call) {
        boolean full = call.arguments().text("fields").filter("full"::equals).isPresent();
        return call.shaped(
                call.account().posthog().dashboards().get(call.arguments().number("dashboard_id")),
                dashboard -> full ? call.results().object(dashboard, FULL, page(dashboard)) : summary(call, dashboard));
    }

    private static ObjectNode summary(Invocation call, Dashboard dashboard) {
        ObjectNode object = call.results().row(dashboard, SUMMARY);
        ArrayNode tiles = object.putArray("tiles");
        dashboard.tiles().forEach(tile -> describe(call, tile, tiles.addObject()));
        call.account().page(page(dashboard)).ifPresent(url -> object.put("url", url));
        return call.results().object(object);
    }

    private static void describe(Invocation call, DashboardTile tile, ObjectNode json) {
        json.put("id", tile.id());
        Insight insight = tile.insight();
        if (insight != null) {
            boolean named = insight.name() != null && !insight.name().isBlank();
            json.putObject("insight").put("id", insight.id()).put("short_id", insight.shortId())
                    .put("name", named ? insight.name() : insight.derivedName());
        } else if (tile.text() != null) {
            json.setAll(call.results().row(tile, RowForm.of("text")));
        }
    }

    private static String page(Dashboard dashboard) {
        return "dashboard/" + dashboard.id();
    }
}
