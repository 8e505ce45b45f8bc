package io.quarkiverse.posthog.test.lua;

import static io.quarkiverse.posthog.test.lua.LuaApplication.output;
import static io.quarkiverse.posthog.test.lua.LuaApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptCall;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** What scripts of the application can do. */
class ScriptsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive(FixedClock.class);

    @Singleton
    static class FixedClock {

        @Produces
        @Singleton
        InstantSource clock() {
            return InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));
        }
    }

    @Inject
    PostHogScripts scripts;

    @BeforeEach
    void reset() {
        LuaApplication.reset();
    }

    @Test
    @Tag("LUA-2")
    void everyFunctionCanBeCalled() {
        String output = output(scripts, """
                local posthog = app.integrations.posthog
                local flag = posthog.posthog_create_feature_flag({ name = "A", key = "of-script", rollout_percentage = 50 })
                assert(flag.filters.groups[1].rollout_percentage == 50)
                posthog.posthog_update_feature_flag({ flag_id = flag.id, active = false })
                assert(posthog.posthog_get_feature_flag({ key = "of-script" }).active == false)
                posthog.posthog_delete_feature_flag({ flag_id = flag.id })
                posthog.posthog_restore_feature_flag({ flag_id = flag.id })
                assert(posthog.posthog_list_feature_flags({ search = "of-script" }).results[1].id == flag.id)
                local event = posthog.posthog_list_events({ limit = 1, after = "2020-01-01T00:00:00Z" }).results[1]
                assert(posthog.posthog_get_event({ event_id = event.id }).id == event.id)
                local person = posthog.posthog_list_persons({ limit = 1 }).results[1]
                assert(posthog.posthog_get_person({ person_id = person.uuid or person.id }))
                local insight = posthog.posthog_list_insights({ limit = 1 }).results[1]
                assert(posthog.posthog_get_insight({ insight_id = insight.id }).id == insight.id)
                local dashboard = posthog.posthog_list_dashboards({ limit = 1 }).results[1]
                assert(posthog.posthog_get_dashboard({ dashboard_id = dashboard.id }).id == dashboard.id)
                assert(#posthog.posthog_list_cohorts({}).results > 0)
                assert(posthog.posthog_capture_event({ event = "of script", distinct_id = "u" }).result.uuid)
                assert(posthog.posthog_evaluate_flags({ distinct_id = "u" }))
                assert(posthog.posthog_get({ path = "annotations/" }).results)
                assert(posthog.posthog_query({ query = "select event, count() as n from events group by event" }))
                assert(posthog.posthog_doctor({}))
                print("done")
                """);

        assertThat(output).isEqualTo("done\n");
    }

    @Test
    @Tag("LUA-2")
    void argumentsAreNamedOrPositionalAndAccountsAreNamespaces() {
        assertThat(output(scripts, """
                local posthog = app.integrations.posthog
                local first = posthog.list_feature_flags(1).results[1]
                print(#posthog.list_feature_flags(2, 1).results, posthog.get_feature_flag(first.id).key == first.key)
                for _, account in ipairs({ "default", "work" }) do
                  local cohorts = app.integrations.posthog[account].list_cohorts()
                  print(cohorts.account, cohorts.project_id)
                end
                print(posthog.list_cohorts({ account = "work" }).account)
                """)).isEqualTo("2\ttrue\ndefault\t1\nwork\t2\nwork\n");
    }

    @Test
    @Tag("LUA-2")
    void unknownNamesAreErrorsThatSuggestTheNearestOnes() {
        assertThat(run(scripts, "app.integrations.posthog.work.posthog_list_evnts({})").error()).satisfies(error -> {
            assertThat(error.type()).isEqualTo("unknown_function");
            assertThat(error.line()).isEqualTo(1);
            assertThat(error.message()).startsWith("Unknown function: app.integrations.posthog.work.posthog_list_evnts. "
                    + "Did you mean app.integrations.posthog.work.posthog_list_events, ");
        });
        assertThat(run(scripts, "app.integrations.posthog.list_event()").error().message())
                .contains("Did you mean app.integrations.posthog.list_events, ");
        assertThat(run(scripts, "app.integrations.github.list_issues({})").error().message())
                .contains("Functions are in app.integrations.posthog.");
        assertThat(run(scripts, "\n\napp.integrations.posthog.wrk.list_events({})").error()).satisfies(error -> {
            assertThat(error.type()).isEqualTo("unknown_account");
            assertThat(error.line()).isEqualTo(3);
            assertThat(error.message()).contains("did you mean work?");
        });
        assertThat(run(scripts, "app.integrations.posthog.work.list_events({ account = 'default' })").error().message())
                .contains("differs from the account");
    }

    @Test
    @Tag("LUA-3")
    void valuesKeepTheirType() {
        assertThat(output(scripts, """
                local posthog = app.integrations.posthog
                local big = 9007199254740993
                posthog.capture_event("typed", "u-1", {
                  id = big, price = 49.5, name = "Zürich 😀", empty = {}, list = json.array{}, nothing = json.null,
                  ["$pathname"] = "/cart", items = { 1, json.null, { a = true } }
                })
                local event
                for _ = 1, 50 do
                  event = posthog.list_events({ event = "typed" }).results[1]
                  if event then break end
                end
                local p = event.properties
                print(p.id, p.id == big, p.price, p.name, #p.name)
                print(p.pathname, p["$pathname"], rawget(p, "pathname"))
                print(p.empty, p.list, p.nothing)
                print(#p.items, p.items[2] == json.null, p.items[3].a)
                """)).isEqualTo("""
                9007199254740993\ttrue\t49.5\tZürich 😀\t12
                /cart\t/cart\tnil
                {}\t[]\tnil
                3\ttrue\ttrue
                """);
    }

    @Test
    @Tag("LUA-3")
    void tablesThatAreNotJsonAreErrorsWithTheirPlace() {
        assertThat(error("{ 1, 2, x = 3 }")).contains("properties.a has both list elements and the field x");
        assertThat(error("{ 1, nil, 3 }")).contains("properties.a is a list with gaps");
        assertThat(error("{ [5] = 1 }")).contains("properties.a is a list with gaps: it has the key 5");
        assertThat(error("{ b = { print } }")).contains("properties.a.b[1] is a function");
        assertThat(error("0/0")).contains("properties.a is").contains("which JSON does not have");
        assertThat(error("{ [true] = 1 }")).contains("properties.a has a key that is a boolean");
        assertThat(run(scripts, "local t = {}; t.t = t; return t").error().message()).contains("result.t contains itself");
        assertThat(run(scripts, "local t = {}; for i = 1, 200 do t = { t } end; return t").error().message())
                .contains("nested in more than 100 tables");
    }

    private String error(String value) {
        ScriptResult result = run(scripts, "app.integrations.posthog.capture_event('x', 'u', { a = " + value + " })");
        assertThat(result.error().type()).isEqualTo("validation");
        assertThat(result.error().field()).startsWith("properties.a");
        return result.error().message();
    }

    @Test
    void returnedValuesAreJson() {
        ScriptResult result = run(scripts, "return { a = { 1, 2.5 }, b = json.null, c = json.array{} }");
        assertThat(result.value().toString()).isEqualTo("{\"a\":[1,2.5],\"b\":null,\"c\":[]}");
        assertThat(run(scripts, "return 1, 'zwei', nil").value().toString()).isEqualTo("[1,\"zwei\",null]");
        assertThat(run(scripts, "print(1)").value().isNull()).isTrue();
        assertThat(run(scripts, "return").values()).isEmpty();
        JsonObject json = new JsonObject(
                run(scripts, "return app.integrations.posthog.list_cohorts().account").toJson().toString());
        assertThat(json.getBoolean("success")).isTrue();
        assertThat(json.getString("result")).isEqualTo("default");
        assertThat(json.getJsonArray("calls").getJsonObject(0).getString("path"))
                .isEqualTo("app.integrations.posthog.list_cohorts");
        assertThat(json.getJsonArray("calls").getJsonObject(0).getString("status")).isEqualTo("ok");
        assertThat(json.getLong("steps")).isPositive();
        assertThat(json.getLong("memory")).isPositive();
    }

    @Test
    void valuesArePrintedReadably() {
        assertThat(output(scripts, """
                local t = { name = "x", list = { 1, "two", {} }, flag = true, none = json.array{} }
                t.self = t
                print(t, 1, nil, 2.5)
                print(tostring({ 1 }) .. "!")
                assert(dump(t.list) == t.list)
                print(json.null, app.integrations.posthog)
                """)).isEqualTo("""
                {
                  name: x,
                  list: [
                    1,
                    two,
                    {}
                  ],
                  flag: true,
                  none: [],
                  self: <circular>
                }\t1\tnil\t2.5
                [
                  1
                ]!
                [
                  1,
                  two,
                  {}
                ]
                null\tapp.integrations.posthog
                """);
    }

    @Test
    void errorsOfCallsAreTables() {
        LuaApplication.addFault(new JsonObject().put("path", "/api/projects/1/cohorts").put("status", 429)
                .put("headers", new JsonObject().put("Retry-After", "1")).put("times", 100));
        assertThat(output(scripts, """
                local ok, err = pcall(app.integrations.posthog.get_feature_flag, { flag_id = 999999 })
                print(ok, err.type, err.status, err.operation, err.account, "x: " .. err == "x: " .. tostring(err))
                local ok, err = pcall(app.integrations.posthog.get_feature_flag, {})
                print(ok, err.type, err.problems[1].field, #err.problems)
                """)).isEqualTo("""
                false\tnot_found\t404\tposthog_get_feature_flag\tdefault\ttrue
                false\tvalidation\tflag_id\t1
                """);
        ScriptResult result = run(scripts, "print('before')\nlocal x = 1\napp.integrations.posthog.get_feature_flag(999999)");
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.output()).isEqualTo("before\n");
        assertThat(result.error().type()).isEqualTo("not_found");
        assertThat(result.error().line()).isEqualTo(3);
        assertThat(result.error().status()).isEqualTo(404);
        assertThat(result.error().account()).isEqualTo("default");
        assertThat(result.calls()).singleElement().satisfies(call -> {
            assertThat(call.isSuccess()).isFalse();
            assertThat(call.errorType()).isEqualTo("not_found");
            assertThat(call.function()).isEqualTo("posthog_get_feature_flag");
        });
        assertThat(result.toString()).contains("not_found", "1 calls").doesNotContain("before");
    }

    @Test
    void errorsOfTheScriptHaveTheirLine() {
        assertThat(run(scripts, "local x = 1\nlocal y = x.z.w").error()).satisfies(error -> {
            assertThat(error.type()).isEqualTo("runtime");
            assertThat(error.line()).isEqualTo(2);
            assertThat(error.message()).doesNotContain("script:");
        });
        assertThat(run(scripts, "for").error()).satisfies(error -> {
            assertThat(error.type()).isEqualTo("syntax");
            assertThat(error.line()).isEqualTo(1);
        });
        assertThat(run(scripts, "\nerror({ code = 7 })").error()).satisfies(error -> {
            assertThat(error.type()).isEqualTo("runtime");
            assertThat(error.line()).isEqualTo(2);
            assertThat(error.message()).contains("code: 7");
        });
        assertThat(run(scripts, "error('plain', 0)").error().message()).isEqualTo("plain");
    }

    @Test
    @Tag("LUA-5")
    void aDryRunChangesNothing() {
        ScriptResult result = run(scripts, """
                local posthog = app.integrations.posthog
                local flag = posthog.list_feature_flags(1).results[1]
                local change = posthog.update_feature_flag({ flag_id = flag.id, active = not flag.active, dry_run = false })
                local deleted = posthog.delete_feature_flag({ flag_id = flag.id })
                local event = posthog.capture_event({ event = "x", distinct_id = "u" })
                return { change.dry_run, deleted.dry_run, event.dry_run, change.method, #change.changes }
                """, ScriptOptions.create().dryRun(true));
        assertThat(result.error()).isNull();
        assertThat(result.value().toString()).isEqualTo("[true,true,true,\"PATCH\",1]");
        assertThat(LuaApplication.writes()).isEmpty();
    }

    @Test
    void listsHaveAllFieldsAndContinueWithTheirCursor() {
        assertThat(output(scripts, """
                local posthog = app.integrations.posthog
                local full = posthog.list_feature_flags({ limit = 1 }).results[1]
                local summary = posthog.list_feature_flags({ limit = 1, fields = "summary" }).results[1]
                local function size(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
                print(size(full) > size(summary))
                local all, cursor, pages = {}, nil, 0
                repeat
                  local page = posthog.list_feature_flags({ limit = 3, cursor = cursor })
                  for _, flag in ipairs(page.results) do all[flag.id] = true end
                  cursor, pages = page.next, pages + 1
                until cursor == nil
                print(pages > 1, size(all) == #posthog.list_feature_flags({ limit = 100 }).results)
                """)).isEqualTo("true\ntrue\ttrue\n");
    }

    @Test
    void theLibrariesWork() {
        assertThat(output(scripts, """
                print(os.date("!%Y-%m-%d", os.time()), os.time())
                print(json.encode(json.decode('{"a": [1, 2.5, null, "x"], "b": null}')))
                print(pcall(json.decode, "{"))
                print(regex.match("a-1", "([a-z])-(\\\\d)")[3], regex.match("x", "y"), #regex.match_all("a1b2", "\\\\d"))
                print(regex.gsub("a1b2", "(\\\\d)", "<$1$$>"), regex.gsub("aaa", "a", "b", 2))
                print(pcall(regex.match, "a", "(a"))
                print(docs.list(), #docs.search("flag", 3) > 10, docs.read("app.integrations.posthog.list_events") ~= nil)
                print(select(2, pcall(docs.read, "nothing")))
                """)).startsWith("2026-03-04\t1772600767\n{\"a\":[1,2.5,null,\"x\"]}\nfalse\t").contains("invalid JSON",
                "1\tnil\t2\n", "a<1$>b<2$>\tbba\n", "invalid pattern", "Guides: overview", "Pages: overview");
    }

    @Test
    @Tag("LUA-9")
    void scriptsDoNotAffectEachOther() {
        run(scripts, "x = 1; string.upper = nil; pcall(function() getmetatable('').__index = { upper = print } end); "
                + "app.integrations = nil; table.insert = nil");
        assertThat(output(scripts, "print(x, ('a'):upper(), string.upper('b'), table.insert ~= nil)"))
                .isEqualTo("nil\tA\tB\ttrue\n");
    }

    @Test
    void nothingElseIsReachable() {
        assertThat(output(scripts, """
                for _, name in ipairs({ "io", "require", "load", "loadstring", "dofile", "loadfile", "debug", "package",
                    "coroutine", "collectgarbage", "luajava", "java" }) do
                  if _G[name] ~= nil then print(name) end
                end
                for _, name in ipairs({ "execute", "getenv", "exit", "remove", "rename", "tmpname" }) do
                  if os and os[name] ~= nil then print("os." .. name) end
                end
                """)).isEmpty();
    }

    @Test
    void theCallsAreLogged() {
        ScriptResult result = run(scripts, """
                app.integrations.posthog.list_cohorts()
                pcall(app.integrations.posthog.work.nothing)
                app.integrations.posthog.work.posthog_list_cohorts({})
                """);
        assertThat(result.calls()).extracting(ScriptCall::path).containsExactly("app.integrations.posthog.list_cohorts",
                "app.integrations.posthog.work.nothing", "app.integrations.posthog.work.posthog_list_cohorts");
        assertThat(result.calls()).extracting(ScriptCall::account).containsExactly("default", null, "work");
        assertThat(result.calls()).extracting(ScriptCall::errorType).containsExactly(null, "unknown_function", null);
        assertThat(result.calls()).allSatisfy(call -> assertThat(call.duration()).isLessThan(Duration.ofMinutes(1)));
    }
}
