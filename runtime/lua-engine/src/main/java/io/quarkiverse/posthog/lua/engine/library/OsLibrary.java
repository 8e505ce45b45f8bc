package io.quarkiverse.posthog.lua.engine.library;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/** The library {@code os}: dates in UTC and the CPU time. */
final class OsLibrary {

    private OsLibrary() {
    }

    static void install(LuaState state, LuaTable library) {
        Libraries.add(state, library, "clock", (s, a) -> state.cpuTime().toNanos() / 1e9);
        Libraries.add(state, library, "difftime", (s, a) -> a.real(1) - (a.get(2) == null ? 0 : a.real(2)));
        Libraries.add(state, library, "time", (s, a) -> time(state, a));
        Libraries.add(state, library, "date", (s, a) -> date(state, a));
    }

    private static Object time(LuaState state, LuaArguments arguments) {
        if (arguments.get(1) == null) {
            return state.clock().instant().getEpochSecond();
        }
        LuaTable table = arguments.table(1);
        long year = field(state, table, "year", null);
        long month = field(state, table, "month", null);
        long day = field(state, table, "day", null);
        long hour = field(state, table, "hour", 12L);
        long minute = field(state, table, "min", 0L);
        long second = field(state, table, "sec", 0L);
        return LocalDateTime.of(0, 1, 1, 0, 0).plusYears(year).plusMonths(month - 1).plusDays(day - 1).plusHours(hour)
                .plusMinutes(minute).plusSeconds(second).toEpochSecond(ZoneOffset.UTC);
    }

    private static long field(LuaState state, LuaTable table, String name, Long defaultValue) {
        Object value = Numbers.toNumber(state.execution(), table.get(name));
        if (value instanceof Number number) {
            long integer = number.longValue();
            if (Math.abs(integer) > Integer.MAX_VALUE) {
                throw state.error("field '" + name + "' is out of range");
            }
            return integer;
        }
        if (defaultValue == null) {
            throw state.error("field '" + name + "' missing in date table");
        }
        return defaultValue;
    }

    private static Object date(LuaState state, LuaArguments arguments) {
        String format = arguments.string(1, "%c");
        long seconds = arguments.get(2) == null ? state.clock().instant().getEpochSecond() : arguments.integer(2);
        if (Math.abs(seconds) > 60_000_000_000_000L) {
            throw arguments.error(2, "time out of range");
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        String pattern = format.startsWith("!") ? format.substring(1) : format;
        if (pattern.startsWith("*t")) {
            return fields(state, time);
        }
        return new DateFormat(state, time).format(pattern);
    }

    private static LuaTable fields(LuaState state, LocalDateTime time) {
        LuaTable table = state.newTable();
        state.keep(table);
        table.set("year", (long) time.getYear());
        table.set("month", (long) time.getMonthValue());
        table.set("day", (long) time.getDayOfMonth());
        table.set("hour", (long) time.getHour());
        table.set("min", (long) time.getMinute());
        table.set("sec", (long) time.getSecond());
        table.set("wday", (long) time.getDayOfWeek().getValue() % 7 + 1);
        table.set("yday", (long) time.getDayOfYear());
        table.set("isdst", false);
        return table;
    }
}
