package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.test.QuarkusUnitTest;

/** A tool of the application takes precedence over a function of the same name. */
@Tag("AGT-14")
class ToolOfTheApplicationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled(NamedServerTest.OwnTool.class)
            .setLogRecordPredicate(record -> record.getLoggerName().endsWith("McpTools"))
            .assertLogRecords(records -> assertThat(records).singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("is not offered")));

    @Test
    void theApplicationStartsWithItsOwnTool() {
        McpClient client = McpClient.connect();
        AtomicReference<ToolResponse> response = new AtomicReference<>();
        client.raw().when().toolsCall("posthog_query", Map.of(), response::set).thenAssertResults();

        assertThat(response.get().firstContent().asText().text()).isEqualTo("own");
        assertThat(client.tools().tools()).hasSize(20);
    }
}
