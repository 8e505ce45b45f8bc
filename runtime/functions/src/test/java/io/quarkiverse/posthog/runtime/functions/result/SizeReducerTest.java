package io.quarkiverse.posthog.runtime.functions.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

@Tag("AGT-8")
class SizeReducerTest {

    private final ObjectNode object = JsonNodeFactory.instance.objectNode().put("id", 1);

    @Test
    void smallObjectsAreNotChanged() {
        assertThat(SizeReducer.reduce(object, 100)).isFalse();
    }

    @Test
    void arraysLoseElementsFromTheirEnd() {
        for (int i = 0; i < 10_000; i++) {
            object.withArray("rows").add(i);
        }

        assertThat(SizeReducer.reduce(object, 1_000)).isTrue();

        assertThat(object.toString()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(object.get("rows").size()).isGreaterThan(50);
        assertThat(object.get("rows").get(0).intValue()).isZero();
        assertThat(object.get("id").intValue()).isEqualTo(1);
    }

    @Test
    void longTextsAreShortened() {
        object.putObject("properties").put("a", "x".repeat(5_000)).put("b", "short");

        assertThat(SizeReducer.reduce(object, 1_000)).isTrue();

        assertThat(object.toString()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(object.at("/properties/a").textValue()).startsWith("xxx").endsWith("(shortened)");
        assertThat(object.at("/properties/b").textValue()).isEqualTo("short");
    }

    /** One array or text at a time would take minutes. */
    @Test
    @Timeout(10)
    void manyArraysAndTextsAreShortenedInAFewPasses() {
        for (int i = 0; i < 20_000; i++) {
            object.withObject("/arrays").putArray("name" + i).add(1_234_567).add("x".repeat(20)).add(i);
        }
        for (int i = 0; i < 2_000; i++) {
            object.withObject("/texts").put("name" + i, "x".repeat(400));
        }

        assertThat(SizeReducer.reduce(object, 10_000)).isTrue();

        assertThat(object.toString()).hasSizeLessThanOrEqualTo(10_000);
        assertThat(object.get("id").intValue()).isEqualTo(1);
    }

    @Test
    void manySmallFieldsAreRemovedLast() {
        for (int i = 0; i < 1_000; i++) {
            object.withObject("/properties").put("name" + i, i);
        }

        assertThat(SizeReducer.reduce(object, 1_000)).isTrue();

        assertThat(object.toString()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(object.get("id").intValue()).isEqualTo(1);
    }
}
