package io.quarkiverse.posthog.emulator;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;

/** Creates flags in an emulator, and has them evaluated as clients do: with the token of the project alone. */
final class FlagsClient {

    private final EmulatorClient owner;
    private final EmulatorClient anybody;

    FlagsClient(EmulatorClient owner) {
        this.owner = owner;
        this.anybody = owner.withKey(null);
    }

    /** Creates a flag for those whom all properties match; in single quotes. */
    long create(String key, String... properties) {
        return createWith(key, "'groups': [{'properties': [" + String.join(",", properties) + "]}]", "");
    }

    /** @param more further members of the flag; each begins with a comma */
    long createWith(String key, String filters, String more) {
        Answer answer = owner.post("/feature_flags/",
                json("{'key': '" + key + "', 'filters': {" + filters + "}" + more + "}"));
        if (answer.status() != 201) {
            throw new AssertionError(answer.body());
        }
        return answer.json().get("id").longValue();
    }

    void change(long id, String patch) {
        Answer answer = owner.patch("/feature_flags/" + id + "/", json(patch));
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /** @param more further members of the body; each begins with a comma */
    Answer ask(String distinctId, String more) {
        return post("/flags/?v=2", "{'token': 'phc_emulator', 'distinct_id': '" + distinctId + "'" + more + "}");
    }

    Answer post(String path, String body) {
        return anybody.capture(path, json(body));
    }

    JsonNode flags(String distinctId, String more) {
        return ask(distinctId, more).json().get("flags");
    }

    /** The value of a flag, as clients show it; null when it is not there. */
    Object value(String key, String distinctId, String more) {
        return value(flags(distinctId, more).path(key));
    }

    Object value(String key, String distinctId) {
        return value(key, distinctId, "");
    }

    static Object value(JsonNode flag) {
        if (flag.isMissingNode()) {
            return null;
        }
        return flag.get("variant").isNull() ? flag.get("enabled").booleanValue() : flag.get("variant").textValue();
    }

    /** Lets a person have properties, in single quotes. */
    void identify(String distinctId, String properties) {
        capture("$identify", distinctId, "{'$set': " + properties + "}");
    }

    void capture(String event, String distinctId, String properties) {
        Answer answer = post("/capture/", "{'api_key': 'phc_emulator', 'event': '" + event + "', 'distinct_id': '"
                + distinctId + "', 'properties': " + properties + "}");
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    static String property(String key, String operator, String value) {
        return "{'key': '" + key + "', 'type': 'person', 'operator': '" + operator + "', 'value': " + value + "}";
    }

    static String member(long cohort, String operator) {
        return "{'key': 'id', 'type': 'cohort', 'operator': '" + operator + "', 'value': " + cohort + "}";
    }

    static String evaluatesTo(long flag, String value) {
        return "{'key': '" + flag + "', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': " + value + "}";
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }
}
