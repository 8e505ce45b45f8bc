package io.quarkiverse.posthog.runtime.functions.catalog;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Reads cohorts. */
final class CohortFunctions {

    private static final RowForm ROW = RowForm.of("id", "name", "description", "is_static", "cohort_type", "count",
            "is_calculating", "last_calculation", "last_error_message", "created_at").always("is_static");

    static final FunctionDefinition LIST = new FunctionDefinition("posthog_list_cohorts", "List cohorts",
            "Lists the cohorts; fields=full has their filters. Search instead of paging." + CommonParameters.DATA, Effect.READ,
            List.of(CommonParameters.limit(), CommonParameters.offset(), CommonParameters.search("Part of the name."),
                    CommonParameters.cursor(), CommonParameters.fields()),
            ResultForm.list(new Field("id", "integer", "The ID."), new Field("name", "string", "The name."),
                    new Field("count", "integer", "The number of members when they were last calculated.")),
            (FunctionBehavior.Read) CohortFunctions::list);

    private CohortFunctions() {
    }

    private static Uni<ObjectNode> list(Invocation call) {
        Cohorts cohorts = call.account().posthog().cohorts();
        String search = call.arguments().textOrNull(CommonParameters.SEARCH);
        return OffsetLists.read(call, paging -> cohorts.page(new CohortQuery(search, null, paging)), ROW);
    }
}
