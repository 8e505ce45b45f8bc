package io.quarkiverse.posthog.runtime.redis;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.definitions.Sha256;

/**
 * The Redis keys of an account. The part in braces is a hash tag, with which a cluster stores both keys on the same node.
 *
 * @param lease the key of the lease: a string with the ID of the instance that loads the definitions, which expires
 * @param definitions the key of the stored definitions: a hash
 */
record RedisKeys(String lease, String definitions) {

    static RedisKeys of(String prefix, ResolvedAccountConfig account) {
        String project = Sha256.hex(account.projectApiKey().orElseThrow()).substring(0, 16);
        String common = prefix + ":{" + account.name() + ":" + project + "}:";
        return new RedisKeys(common + "lease", common + "definitions");
    }
}
