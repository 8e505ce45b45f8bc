/**
 * The functions that agents and scripts call, without MCP.
 * <p>
 * {@link io.quarkiverse.posthog.runtime.functions.FunctionCatalog} describes all functions, and everything else is derived
 * from it: schemas, documentation and pages. {@link io.quarkiverse.posthog.runtime.functions.FunctionExecutor} decides and
 * performs every call. Start there. The packages below it: {@code arguments} validates, {@code access} decides, {@code catalog}
 * contains the functions, {@code result} limits and masks results, and {@code docs} writes the documentation.
 */
package io.quarkiverse.posthog.runtime.functions;
