package io.quarkiverse.posthog.runtime.lua;

import java.io.IOException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.runtime.lua.LuaToJava.ConversionException;

/** Converts JSON text. */
final class JsonLibrary {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The parser describes its source, which scripts do not know. */
    private static final Pattern SOURCE = Pattern.compile(" \\((start marker at )?\\[Source:[^]]*]\\)");

    private final JsonMarks marks;

    JsonLibrary(JsonMarks marks) {
        this.marks = marks;
    }

    LuaTable table(LuaState state) {
        LuaTable json = state.newTable();
        state.keep(json);
        json.set("null", marks.nullValue());
        json.set("decode", state.function("json.decode", this::decode));
        json.set("encode", state.function("json.encode", this::encode));
        json.set("array", state.function("json.array", this::array));
        return json;
    }

    private Object decode(LuaState state, LuaArguments arguments) {
        String text = arguments.string(1);
        try {
            return new JsonToLua(state, marks).parse(text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
            throw state.error("invalid JSON: " + SOURCE.matcher(e.getOriginalMessage()).replaceAll("") + place);
        } catch (IOException e) {
            throw state.error("invalid JSON: " + e.getMessage());
        }
    }

    private Object encode(LuaState state, LuaArguments arguments) {
        boolean pretty = Boolean.TRUE.equals(arguments.get(2));
        try {
            Object value = new LuaToJava(state, marks).convert(arguments.get(1), "value", false);
            String json = (pretty ? MAPPER.writerWithDefaultPrettyPrinter() : MAPPER.writer()).writeValueAsString(value);
            state.allocate(2L * json.length());
            return LuaStrings.fromJava(json);
        } catch (ConversionException e) {
            throw state.error("not JSON: " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw state.error("not JSON: " + e.getOriginalMessage());
        }
    }

    private Object array(LuaState state, LuaArguments arguments) {
        Object given = arguments.get(1);
        LuaTable table;
        if (given == null) {
            table = state.newTable();
        } else if (given instanceof LuaTable list) {
            table = list;
        } else {
            throw state.error("bad argument #1 to 'json.array' (table expected)");
        }
        marks.markArray(table);
        return table;
    }
}
