package io.quarkiverse.posthog.runtime.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.runtime.config.FlagsConfig.DefinitionsConfig;
import io.quarkiverse.posthog.runtime.flags.definitions.Sha256;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;

/**
 * Shares the flag definitions of an account through Redis: the instance that holds the lease loads them from PostHog, and the
 * other instances read the stored definitions.
 * <p>
 * Storing definitions extends the lease, requesting the lease does not. Therefore, an instance that cannot reach PostHog loses
 * the lease to another instance.
 */
public final class RedisFlagDefinitionProvider implements FlagDefinitionCacheProvider {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    /** The time after which definitions expire if no instance confirms them. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final String DIGEST = "digest";
    private static final String CONFIRMED_AT = "confirmedAt";
    private static final String JSON = "json";

    /** Takes the lease if it is free. Returns 1 if this instance holds it afterwards. */
    private static final String TAKE = """
            if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
            return redis.call('get', KEYS[1]) == ARGV[1] and 1 or 0
            """;

    /**
     * Stores definitions and extends the lease, if this instance holds it. Returns -1 if it does not hold the lease,
     * and 0 if Redis contains different JSON, which must be replaced.
     */
    private static final String STORE = """
            if redis.call('get', KEYS[1]) ~= ARGV[1] then return -1 end
            redis.call('pexpire', KEYS[1], ARGV[2])
            if ARGV[6] then
              redis.call('hset', KEYS[2], 'digest', ARGV[4], 'confirmedAt', ARGV[5], 'json', ARGV[6])
            elseif redis.call('hget', KEYS[2], 'digest') == ARGV[4] then
              redis.call('hset', KEYS[2], 'confirmedAt', ARGV[5])
            else
              return 0
            end
            redis.call('pexpire', KEYS[2], ARGV[3])
            return 1
            """;

    /** Releases the lease if this instance holds it. */
    private static final String RELEASE = """
            if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
            return 0
            """;

    private final Redis redis;
    private final RedisKeys keys;
    private final Duration leaseTime;
    private final long limit;
    private final String instance = UUID.randomUUID().toString();
    private volatile CachedDefinitions cached = new CachedDefinitions(null, null);

    /**
     * Creates a provider.
     *
     * @param leaseTime the time after which another instance can take over
     * @param limit the maximum size of definitions as JSON, in bytes; larger definitions are not used
     */
    RedisFlagDefinitionProvider(Redis redis, RedisKeys keys, Duration leaseTime, long limit) {
        this.redis = redis;
        this.keys = keys;
        this.leaseTime = leaseTime;
        this.limit = limit;
    }

    /** Returns a time that is a little longer than the interval between two polls, even if PostHog is slow. */
    static Duration leaseTime(DefinitionsConfig config) {
        return config.pollInterval().multipliedBy(2).plus(config.timeout());
    }

    @Override
    public Uni<Boolean> shouldFetchFlagDefinitions(String account) {
        Request take = Request.cmd(Command.EVAL).arg(TAKE).arg(1).arg(keys.lease()).arg(instance)
                .arg(leaseTime.toMillis());
        return redis.send(take).map(taken -> taken.toInteger() == 1);
    }

    /** Returns the stored definitions. The JSON is only read if it has changed. */
    @Override
    public Uni<FlagDefinitionCacheData> getFlagDefinitions(String account) {
        CachedDefinitions before = cached;
        return read(DIGEST, CONFIRMED_AT).chain(stored -> {
            if (stored.get(0) == null || stored.get(1) == null) {
                return Uni.createFrom().nullItem();
            }
            if (stored.get(0).toString().equals(before.digest())) {
                Instant confirmedAt = Instant.parse(stored.get(1).toString());
                return Uni.createFrom().item(new FlagDefinitionCacheData(before.json(), confirmedAt));
            }
            // Before the JSON is in memory
            return redis.send(Request.cmd(Command.HSTRLEN).arg(keys.definitions()).arg(JSON))
                    .invoke(length -> check(length.toLong()))
                    .chain(() -> read(DIGEST, CONFIRMED_AT, JSON))
                    .emitOn(Infrastructure.getDefaultWorkerPool()).map(this::data);
        });
    }

    private void check(long length) {
        try {
            CompressedJsonCodec.check(length, limit);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException(keys.definitions() + " in Redis is damaged: " + e.getMessage(), e);
    }

    private Uni<Response> read(String... fields) {
        Request request = Request.cmd(Command.HMGET).arg(keys.definitions());
        for (String field : fields) {
            request.arg(field);
        }
        return redis.send(request);
    }

    private FlagDefinitionCacheData data(Response stored) {
        if (stored.get(0) == null || stored.get(1) == null || stored.get(2) == null) {
            return null;
        }
        try {
            String json = CompressedJsonCodec.decode(stored.get(2).toBytes(), limit);
            String digest = Sha256.hex(json);
            if (!digest.equals(stored.get(0).toString())) {
                throw new IOException("its checksum is wrong");
            }
            cached = new CachedDefinitions(digest, json);
            return new FlagDefinitionCacheData(json, Instant.parse(stored.get(1).toString()));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Stores definitions. The JSON is only sent if it has changed. */
    @Override
    public Uni<Void> onFlagDefinitionsReceived(String account, FlagDefinitionCacheData data) {
        String digest = Sha256.hex(data.json());
        return redis.send(store(digest, data)).chain(stored -> stored.toInteger() == 0
                ? Uni.createFrom().item(() -> store(digest, data).arg(encoded(data)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).chain(redis::send)
                : Uni.createFrom().item(stored))
                .invoke(stored -> {
                    if (stored.toInteger() == -1) {
                        LOG.debugf(
                                "PostHog account '%s': flag definitions were not stored, because another instance holds the lease",
                                account);
                    }
                }).replaceWithVoid();
    }

    private Request store(String digest, FlagDefinitionCacheData data) {
        return Request.cmd(Command.EVAL).arg(STORE).arg(2).arg(keys.lease()).arg(keys.definitions()).arg(instance)
                .arg(leaseTime.toMillis()).arg(KEPT.toMillis()).arg(digest).arg(data.confirmedAt().toString());
    }

    private static byte[] encoded(FlagDefinitionCacheData data) {
        try {
            return CompressedJsonCodec.encode(data.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Uni<Void> shutdown(String account) {
        Request release = Request.cmd(Command.EVAL).arg(RELEASE).arg(1).arg(keys.lease()).arg(instance);
        return redis.send(release).replaceWithVoid();
    }

    /** The definitions that were read last; null if none were read. */
    private record CachedDefinitions(String digest, String json) {
    }
}
