package io.quarkiverse.posthog.runtime.functions.catalog;

import java.util.List;

import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;

/** All functions of the extension. */
public final class StandardFunctions {

    private StandardFunctions() {
    }

    public static List<FunctionDefinition> all() {
        return List.of(
                EventFunctions.CAPTURE,
                EventFunctions.LIST,
                EventFunctions.GET,
                PersonFunctions.LIST,
                PersonFunctions.GET,
                FlagReads.LIST,
                FlagReads.GET,
                FlagWrites.CREATE,
                FlagWrites.UPDATE,
                FlagWrites.DELETE,
                InsightFunctions.LIST,
                InsightFunctions.GET,
                DashboardFunctions.LIST,
                DashboardFunctions.GET,
                CohortFunctions.LIST,
                FlagWrites.RESTORE,
                QueryFunction.QUERY,
                EndpointFunction.GET,
                EvaluationFunction.EVALUATE,
                DoctorFunction.DOCTOR);
    }
}
