/**
 * The configuration of the accounts and of the application. Each prefix has an interface, such as {@code CaptureConfig} for
 * {@code capture.*}. To add a property, add a method with Javadoc, from which the reference is generated, and a check to
 * {@code ConfigValidator} if its values are limited. {@code ResolvedAccountConfig} contains the values that other packages
 * use and that depend on several properties.
 */
package io.quarkiverse.posthog.runtime.config;
