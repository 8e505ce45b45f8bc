package io.quarkiverse.posthog.test.lua;

import static io.quarkiverse.posthog.test.lua.LuaApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkiverse.posthog.runtime.lua.ScriptRunner;
import io.quarkus.test.QuarkusUnitTest;

/** The examples of the documentation run with the demo shop. */
@Tag("LUA-1")
class DocumentationTest {

    /** Run with {@code -Dlua-output.write=true} to write the outputs again. */
    private static final boolean WRITE = Boolean.getBoolean("lua-output.write");

    private static final Path PAGE = Path.of("../../docs/modules/ROOT/pages/scripts.adoc");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive(LuaBlock.class);

    @Inject
    PostHogScripts scripts;

    @Inject
    ScriptRunner runner;

    @BeforeEach
    void reset() {
        LuaApplication.reset();
    }

    @Test
    void thePageHasTheOutputOfItsExamples() throws IOException {
        String page = Files.readString(PAGE);
        List<LuaBlock> blocks = LuaBlock.ofAsciidoc(PAGE);
        assertThat(blocks).hasSizeGreaterThan(8);
        for (LuaBlock block : blocks) {
            assertThat(block.output()).as(block.code()).isNotNull();
            String output = LuaBlock.shown(run(scripts, block.code()));
            if (WRITE) {
                page = page.replace(block.code() + "\n----\n\n.Output\n[listing]\n----\n" + block.output() + "\n",
                        block.code() + "\n----\n\n.Output\n[listing]\n----\n" + output + "\n");
            } else {
                assertThat(output).as(block.code()).isEqualTo(block.output());
            }
        }
        if (WRITE) {
            Files.writeString(PAGE, page);
        }
    }

    @Test
    void theExamplesOfAllPagesForAgentsRun() {
        List<String> names = new ArrayList<>(List.of("overview", "examples", "errors", "json"));
        runner.functions().catalog().names().forEach(name -> names.add("integrations.posthog." + name));
        int run = 0;
        for (String name : names) {
            LuaApplication.reset();
            if (name.endsWith("create_feature_flag")) {
                // The demo shop has the flag of the example
                LuaApplication.clear();
            }
            for (LuaBlock block : LuaBlock.ofMarkdown(runner.documentation().page(name).orElseThrow())) {
                ScriptResult result = run(scripts, block.code());
                // Their IDs do not exist
                assertThat(result.isSuccess() || result.error().type().equals("not_found")).as(name + ": " + result).isTrue();
                run++;
            }
        }
        assertThat(run).isGreaterThan(25);
    }
}
