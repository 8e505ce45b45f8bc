package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.lua.ScriptQueue.Turn;

@Tag("LUA-7")
class ScriptQueueTest {

    private final List<String> started = new ArrayList<>();

    private static ScriptQueue queue(int maxConcurrent, int maxWaiting, long totalMemory) {
        return new ScriptQueue(new ScriptLimits(Duration.ofSeconds(1), 10, Duration.ofSeconds(1), 1, 1, 1, 1, maxConcurrent,
                maxWaiting, totalMemory));
    }

    private Turn add(ScriptQueue queue, String name, long memory) {
        return queue.add(memory, turn -> started.add(name));
    }

    @Test
    void scriptsStartInTheirOrder() {
        ScriptQueue queue = queue(2, 10, 100);
        Turn a = add(queue, "a", 10);
        Turn b = add(queue, "b", 10);
        add(queue, "c", 10);
        add(queue, "d", 10);
        assertThat(started).containsExactly("a", "b");

        b.end();
        b.end();
        assertThat(started).containsExactly("a", "b", "c");
        a.end();
        assertThat(started).containsExactly("a", "b", "c", "d");
        assertThat(queue.running()).isEqualTo(2);
    }

    @Test
    void aScriptWaitsForItsMemoryAndIsNotOvertaken() {
        ScriptQueue queue = queue(10, 10, 100);
        Turn a = add(queue, "a", 60);
        add(queue, "b", 50);
        add(queue, "c", 10);
        assertThat(started).containsExactly("a");

        a.end();
        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void aWithdrawnScriptDoesNotStart() {
        ScriptQueue queue = queue(10, 10, 100);
        Turn a = add(queue, "a", 60);
        Turn b = add(queue, "b", 100);
        add(queue, "c", 10);

        assertThat(a.withdraw()).isFalse();
        assertThat(b.withdraw()).isTrue();
        assertThat(b.withdraw()).isFalse();
        assertThat(started).containsExactly("a", "c");
        b.end();
        assertThat(queue.running()).isEqualTo(2);
    }

    @Test
    void furtherScriptsAreRejected() {
        ScriptQueue queue = queue(1, 1, 100);
        Turn a = add(queue, "a", 10);
        assertThat(add(queue, "b", 10)).isNotNull();
        assertThat(add(queue, "c", 10)).isNull();

        a.end();
        assertThat(add(queue, "d", 10)).isNotNull();
        assertThat(started).containsExactly("a", "b");
    }

    @Test
    void withoutPlacesToWaitAScriptStartsIfItCan() {
        ScriptQueue queue = queue(1, 0, 100);
        assertThat(add(queue, "a", 10)).isNotNull();
        assertThat(add(queue, "b", 10)).isNull();
        assertThat(started).containsExactly("a");
    }

    @Test
    @Tag("LUA-8")
    void aClosedQueueStartsNothing() {
        ScriptQueue queue = queue(1, 10, 100);
        Turn a = add(queue, "a", 10);
        add(queue, "b", 10);
        queue.close();
        a.end();
        assertThat(add(queue, "c", 10)).isNull();
        assertThat(started).containsExactly("a");
        assertThat(queue.waiting()).isEqualTo(1);
    }
}
