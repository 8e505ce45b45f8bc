package io.quarkiverse.posthog.lua.engine;

import java.util.List;

/** The parts of Lua's own tests that do not apply to the engine. */
final class LuaTestExclusions {

    /**
     * A part that is removed.
     *
     * @param file the name of the file
     * @param start the text at which the part starts
     * @param end the text before which it ends: empty for the end of the file, null for the end of the text at the start
     * @param reason why the part does not apply
     */
    private record Exclusion(String file, String start, String end, String reason) {

        String remove(String source) {
            int from = source.indexOf(start);
            if (from < 0) {
                throw new IllegalStateException("Not found in " + file + ": " + start);
            }
            int to = end == null ? from + start.length() : end.isEmpty() ? source.length() : source.indexOf(end, from);
            return source.substring(0, from) + source.substring(to);
        }
    }

    private static final List<Exclusion> EXCLUSIONS = List.of(
            new Exclusion("strings", "assert(not pcall(string.format, \"%x\", -1))", null,
                    "%x formats negative integers as 64 bits, as Lua 5.3 does"),
            new Exclusion("nextvar", "do   -- clear global table", "local function checknext", "There is no package.loaded"),
            new Exclusion("sort",
                    "  local s, e = pcall(table.sort, t, f)\n  assert(not s and e:find(\"invalid order function\"))", null,
                    "A merge sort ends with any order function, without an error"),
            new Exclusion("closure", "while x[1] do   -- repeat until GC", "-- testing equality", "There are no weak tables"),
            new Exclusion("closure", "assert(a[3] == a[4] and a[4] == a[5])", null,
                    "Each evaluation of a function expression creates a new closure, as in Lua 5.4"),
            new Exclusion("closure", "assert(f() == f())", null,
                    "Each evaluation of a function expression creates a new closure, as in Lua 5.4"),
            new Exclusion("closure", "assert(debug.upvalueid(foo1, 1))", "print'OK'", "There is no debug library"),
            new Exclusion("calls", "assert(debug.getinfo(a).source == \"modname\")",
                    "a = assert(load(function () return nil end))", "There is no debug library, and no binary chunk"),
            new Exclusion("calls", "-- another small bug (in 5.2.1)",
                    "cannotload(\"unexpected symbol\", load(read1(\"*a = 123\")))", "There is no string.dump"),
            new Exclusion("calls", "cannotload(\"hhi\", load(function () error(\"hhi\") end))", null, "Belongs to load"),
            new Exclusion("calls", "-- any value is valid for _ENV", "-- test generic load with nested functions",
                    "There is no _ENV"),
            new Exclusion("calls", "-- test for dump/undump with upvalues", "-- test for bug in parameter adjustment",
                    "There is no string.dump"),
            new Exclusion("events", "_ENV = setmetatable({}", "assert(getmetatable{} == nil)", "There is no _ENV"),
            new Exclusion("events", "assert(tostring(a) == nil)", null, "__tostring must return a string, as in Lua 5.3"),
            new Exclusion("events", "debug.setmetatable(10, mt)", "-- loops in delegation", "There is no debug library"),
            new Exclusion("events", "assert(not pcall(rawlen, io.stdin))", null, "There are no files"),
            new Exclusion("locals", "assert(getenv(load\"a=3\") == _G)", "-- testing limits", "There is no _ENV"),
            new Exclusion("locals", "-- testing lexical environments", "", "There is no _ENV"),
            new Exclusion("literals", "for s in coroutine.wrap(function () gen", "-- testing decimal point",
                    "There are no coroutines"),
            new Exclusion("literals", "if os.setlocale(", "-- testing %q x line ends", "There are no locales"),
            new Exclusion("errors", "-- passing light userdata instead", "-- tests for field accesses",
                    "There is no debug library"),
            new Exclusion("errors", "checkmessage([[collectgarbage(\"nooption\")]], \"invalid option\")", null,
                    "There is no collectgarbage"),
            new Exclusion("errors", "checkmessage(\"getmetatable(io.stdin).__gc()\", \"no value\")", null,
                    "There are no files"),
            new Exclusion("errors", "checkmessage(\"table.sort({1,2,3}, table.sort)\", \"'table.sort'\")", null,
                    "A function is named without its library"),
            new Exclusion("errors", "-- tests for errors in coroutines", "-- testing line error", "There are no coroutines"),
            new Exclusion("errors", "lineerror(\"\\n\\n for k,v in \\n 3 \\n do \\n print(k) \\n end\", 4)", null,
                    "The line is that of the keyword for"),
            new Exclusion("errors", "testrep(\"a=\", \"a..\")", null, "Operands of .. are not nested"),
            new Exclusion("errors", "local s = (\"a,\"):rep(200)", "-- testing other limits",
                    "More variables can be assigned at once"),
            new Exclusion("errors", "-- upvalues\nlocal lim = 127", "-- local variables",
                    "The expression of the test is nested too deeply"));

    private LuaTestExclusions() {
    }

    /** Removes the parts from the source of a file. */
    static String remove(String file, String source) {
        String result = source;
        for (Exclusion exclusion : EXCLUSIONS) {
            if (exclusion.file.equals(file)) {
                result = exclusion.remove(result);
            }
        }
        // The engine names a field with its path
        return file.equals("errors") ? result.replace("  assert(string.find(m, msg, 1, true))\nend\n\nfunction checksyntax",
                "  m = string.gsub(m, \"'[%w_%.:]*[%.:]([%w_]+)'\", \"'%1'\")\n  assert(string.find(m, msg, 1, true))\nend\n\nfunction checksyntax")
                : result;
    }
}
