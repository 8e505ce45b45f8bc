package org.acme.mcp;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class McpServerIT extends McpServerTest {
}
