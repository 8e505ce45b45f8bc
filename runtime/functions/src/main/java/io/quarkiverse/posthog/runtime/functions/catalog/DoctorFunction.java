package io.quarkiverse.posthog.runtime.functions.catalog;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Checks an account. */
final class DoctorFunction {

    static final FunctionDefinition DOCTOR = new FunctionDefinition("posthog_doctor", "Check the account",
            "Checks hosts, keys, scopes, project, clock and delivery of the account, with a next step for each problem. Call it if "
                    + "other functions fail with missing_key, unauthorized, permission or connection.",
            Effect.READ, List.of(),
            ResultForm.object(new Field("status", "string", "ok, warning or failed."),
                    new Field("checks", "array", "id, status, message and next_step of each check."),
                    new Field("scopes", "array", "The scopes of the personal API key: scope, granted and needed_for.")),
            (FunctionBehavior.Read) DoctorFunction::check);

    private DoctorFunction() {
    }

    private static Uni<ObjectNode> check(Invocation call) {
        return call.shaped(call.account().posthog().check(),
                report -> call.results().object(call.results().row(json(report), RowForm.of())));
    }

    private static ObjectNode json(CheckReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", lower(report.status()));
        json.put("duration_ms", report.duration().toMillis());
        report.checks().forEach(check -> {
            ObjectNode row = json.withArray("checks").addObject().put("id", lower(check.id()))
                    .put("status", lower(check.status())).put("message", check.message());
            check.nextStep().ifPresent(step -> row.put("next_step", step));
        });
        report.scopes().forEach(scope -> json.withArray("scopes").addObject().put("scope", scope.scope())
                .put("granted", scope.granted()).put("needed_for", scope.neededFor()));
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
