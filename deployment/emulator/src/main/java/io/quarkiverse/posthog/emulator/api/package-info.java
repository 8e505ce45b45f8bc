/**
 * The private REST API. Each resource has a class whose name ends with {@code Api}, registers its paths and scopes in {@code
 * addTo}, and is created by {@code EmulatorRouter}. The data is in {@code store}. Errors are created by {@code
 * ApiException}.
 */
package io.quarkiverse.posthog.emulator.api;
