/**
 * Compiled flags with their condition sets, and the filters of conditions and cohorts. They are in one package because they
 * call each other recursively: a flag evaluates filters, and a filter evaluates cohorts and other flags.
 */
package io.quarkiverse.posthog.runtime.flags.local.filter;
