/** The input and the result of an evaluation, and the metadata of a flag. These records do not depend on any other package. */
package io.quarkiverse.posthog.runtime.flags.local.model;
