package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Reads persons. */
final class PersonFunctions {

    private static final Field[] PERSON = {
            new Field("uuid", "string", "The UUID, for person_id."),
            new Field("name", "string", "The display name."),
            new Field("distinct_ids", "array", "The distinct IDs."),
            new Field("properties", "object", "The person properties."),
            new Field("created_at", "string", "When PostHog first saw the person."),
            new Field("last_seen_at", "string", "When PostHog last saw the person.") };

    private static final RowForm ROW = RowForm
            .of("uuid", "name", "distinct_ids", "properties", "created_at", "last_seen_at", "is_identified").personal("*");

    static final FunctionDefinition LIST = new FunctionDefinition("posthog_list_persons", "List persons",
            "Lists the persons of the project, newest first. Search instead of paging. Email addresses, phone numbers and IP "
                    + "addresses are masked by default; identify persons by uuid." + CommonParameters.DATA,
            Effect.READ,
            List.of(CommonParameters.limit(), CommonParameters.offset(),
                    optional("search", ParameterType.STRING, "user-123", "Part of the email, or the exact distinct id.")
                            .maxLength(400),
                    CommonParameters.cursor(), CommonParameters.fields()),
            ResultForm.list(PERSON),
            (FunctionBehavior.Read) PersonFunctions::list);

    static final FunctionDefinition GET = new FunctionDefinition("posthog_get_person", "Get a person",
            "Returns one person, by uuid or distinct id." + CommonParameters.DATA, Effect.READ,
            List.of(required("person_id", ParameterType.UUID, "018f3c1e-0000-0000-5f2d-a5a7a6e4b1c3", "The uuid.")
                    .or("distinct_id"),
                    optional("distinct_id", ParameterType.STRING, "user-123", "A distinct id, instead of person_id.")
                            .maxLength(400),
                    CommonParameters.fields()),
            ResultForm.object(PERSON),
            (FunctionBehavior.Read) PersonFunctions::get);

    private PersonFunctions() {
    }

    private static Uni<ObjectNode> list(Invocation call) {
        Persons persons = call.account().posthog().persons();
        String search = call.arguments().textOrNull("search");
        return OffsetLists.read(call, paging -> persons.page(new PersonQuery(search, null, null, List.of(), paging)), ROW);
    }

    private static Uni<ObjectNode> get(Invocation call) {
        Persons persons = call.account().posthog().persons();
        Optional<UUID> id = call.arguments().uuid("person_id");
        String distinctId = call.arguments().textOrNull("distinct_id");
        Uni<Person> person = id.isPresent() ? persons.get(id.get())
                : persons.page(new PersonQuery(null, distinctId, null, List.of(), Paging.ALL.limit(1)))
                        .map(page -> first(page, distinctId));
        return call.shaped(person, found -> call.results().object(found, ROW, "persons/" + found.uuid()));
    }

    private static Person first(Page<Person> page, String distinctId) {
        return page.items().stream().findFirst().orElseThrow(() -> new FunctionException(
                FunctionError.of(FunctionError.Type.NOT_FOUND, "No person has this distinct id").field("distinct_id")
                        .status(404).hint("Search with posthog_list_persons.")));
    }
}
