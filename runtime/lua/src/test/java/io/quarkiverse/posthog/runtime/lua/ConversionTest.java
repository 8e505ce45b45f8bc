package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;

@Tag("LUA-3")
class ConversionTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] TEXTS = { "", "a", "$set", "$pathname", "Zürich", "😀", "line\nbreak", "\"", "\u0000", "1" };

    private final LuaState state = new LuaState(LuaLimits.DEFAULT, text -> {
    }, InstantSource.system());
    private final JsonMarks marks = new JsonMarks(state);
    private final Random random = new Random(4711);

    @Test
    void anyJsonIsTheSameAfterBothDirections() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            JsonNode json = value(4);
            assertThat(toJson(new JsonToLua(state, marks).convert(json))).isEqualTo(json);
            assertThat(toJson(new JsonToLua(state, marks).parse(LuaStrings.fromJava(json.toString())))).isEqualTo(json);
        }
    }

    private JsonNode toJson(Object lua) {
        return MAPPER.valueToTree(new LuaToJava(state, marks).convert(lua, "value", false));
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> NODES.textNode(text());
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> integer(random.nextBoolean() ? random.nextLong() : random.nextInt(100));
            case 3 -> NODES.numberNode(random.nextInt(1_000) + 0.5);
            case 4 -> NODES.numberNode(Double.longBitsToDouble(0x4340000000000001L + random.nextInt(1_000)) * 1e20);
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    /** The type of a number in JSON text is not known. */
    private static JsonNode integer(long value) {
        return NODES.numberNode(value);
    }

    private ArrayNode array(int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(random.nextInt(5) == 0 ? NODES.nullNode() : value(depth - 1));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(text(), value(depth - 1));
        }
        return object;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    @Test
    void theFieldsOfPostHogHaveShortNames() throws Exception {
        LuaTable table = (LuaTable) new JsonToLua(state, marks).parse("{\"$a\": 1, \"b\": 2, \"$c\": 3, \"c\": 4}");

        assertThat(state.index(table, "a")).isEqualTo(1L);
        assertThat(state.index(table, "$a")).isEqualTo(1L);
        assertThat(state.index(table, "c")).isEqualTo(4L);
        assertThat(state.index(table, "d")).isNull();
        assertThat(table.get("a")).isNull();
    }

    @Test
    void nullIsAbsentInObjectsAndAValueInArrays() throws Exception {
        LuaTable table = (LuaTable) new JsonToLua(state, marks).parse("{\"a\": null, \"b\": [null, 1]}");

        assertThat(table.get("a")).isNull();
        assertThat(((LuaTable) table.get("b")).get(1L)).isSameAs(marks.nullValue());
        assertThat(toJson(table).toString()).isEqualTo("{\"b\":[null,1]}");
    }
}
