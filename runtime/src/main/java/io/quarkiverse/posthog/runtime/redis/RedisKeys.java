package io.quarkiverse.posthog.runtime.redis;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.definitions.Sha256;

/**
 * The keys of an account in Redis. What is in braces has a cluster keep both of them on one node.
 *
 * @param lease who is to ask PostHog; a text that expires
 * @param definitions what it answered; a hash
 */
record RedisKeys(String lease, String definitions) {

    static RedisKeys of(String prefix, ResolvedAccountConfig account) {
        String project = Sha256.hex(account.projectApiKey().orElseThrow()).substring(0, 16);
        String common = prefix + ":{" + account.name() + ":" + project + "}:";
        return new RedisKeys(common + "lease", common + "definitions");
    }
}
