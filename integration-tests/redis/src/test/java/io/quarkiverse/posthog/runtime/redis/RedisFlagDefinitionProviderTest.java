package io.quarkiverse.posthog.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.redis.RedisServer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;

/** Verifies the lease and the stored definitions in Redis. */
class RedisFlagDefinitionProviderTest {

    private static final Instant NOON = Instant.parse("2025-01-01T12:00:00Z");
    private static final int LIMIT = 3_000_000;
    private static final RedisKeys KEYS = new RedisKeys("test:lease", "test:definitions");

    @RegisterExtension
    static final RedisServer SERVER = new RedisServer();

    private static Vertx vertx;
    private static Redis redis;
    private static RedisAPI commands;

    private final RedisFlagDefinitionProvider one = instance(Duration.ofMinutes(1));
    private final RedisFlagDefinitionProvider other = instance(Duration.ofMinutes(1));

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        redis = Redis.createClient(vertx, SERVER.url());
        commands = RedisAPI.api(redis);
    }

    @AfterAll
    static void disconnect() {
        redis.close();
        vertx.closeAndAwait();
    }

    @AfterEach
    void clear() {
        now(commands.flushall(List.of()));
    }

    @Test
    @Tag("RDS-1")
    void oneOfManyConcurrentInstancesGetsTheLease() {
        List<Uni<Boolean>> all = IntStream.range(0, 20)
                .mapToObj(i -> instance(Duration.ofMinutes(1)).shouldFetchFlagDefinitions("default"))
                .toList();

        assertThat(now(Uni.join().all(all).andFailFast()).stream().filter(fetch -> fetch)).hasSize(1);
    }

    @Test
    @Tag("RDS-1")
    void leaseHolderKeepsTheLease() {
        assertThat(shouldFetch(one)).isTrue();
        assertThat(shouldFetch(other)).isFalse();
        assertThat(shouldFetch(one)).isTrue();
    }

    @Test
    @Tag("RDS-2")
    void leaseExpiresWithoutStoring() {
        RedisFlagDefinitionProvider quick = instance(Duration.ofMillis(200));
        shouldFetch(quick);

        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .until(() -> shouldFetch(other));

        assertThat(shouldFetch(quick)).isFalse();
    }

    @Test
    @Tag("RDS-4")
    void onlyStoringExtendsTheLease() {
        shouldFetch(one);
        now(commands.pexpire(List.of(KEYS.lease(), "10000")));

        shouldFetch(one);
        assertThat(now(commands.pttl(KEYS.lease())).toLong()).isLessThanOrEqualTo(10_000);
        store(one, "{}", NOON);

        assertThat(now(commands.pttl(KEYS.lease())).toLong()).isGreaterThan(10_000);
    }

    @Test
    @Tag("RDS-3")
    void shutdownReleasesOnlyTheOwnLease() {
        shouldFetch(one);

        now(other.shutdown("default"));
        assertThat(shouldFetch(other)).isFalse();
        now(one.shutdown("default"));

        assertThat(shouldFetch(other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 100, 100_000 })
    @Tag("RDS-1")
    void storedDefinitionsAreReadByOtherInstances(int length) {
        String json = "{\"key\":\"" + "größe-日本-😀".repeat(length) + "\"}";
        shouldFetch(one);

        store(one, json, NOON);

        assertThat(read(other)).isEqualTo(new FlagDefinitionCacheData(json, NOON));
    }

    @Test
    void longJsonIsCompressed() {
        String json = "{\"key\":\"" + "0123456789".repeat(10_000) + "\"}";
        shouldFetch(one);

        store(one, json, NOON);

        assertThat(now(commands.hstrlen(KEYS.definitions(), "json")).toInteger()).isLessThan(5_000);
    }

    @Test
    void returnsNullIfNothingIsStored() {
        assertThat(read(one)).isNull();
    }

    @Test
    @Tag("RDS-4")
    void formerLeaseHolderDoesNotOverwriteDefinitions() {
        shouldFetch(one);
        now(commands.del(List.of(KEYS.lease())));
        shouldFetch(other);
        store(other, "{\"new\":1}", NOON.plusSeconds(60));

        store(one, "{\"old\":1}", NOON);

        assertThat(read(one)).isEqualTo(new FlagDefinitionCacheData("{\"new\":1}", NOON.plusSeconds(60)));
    }

    @Test
    @Tag("RDS-1")
    void confirmationDoesNotResendDefinitions() {
        shouldFetch(one);
        store(one, "{\"a\":1}", NOON);
        now(commands.hset(List.of(KEYS.definitions(), "json", "{\"b\":1}")));

        store(one, "{\"a\":1}", NOON.plusSeconds(30));

        assertThat(now(commands.hget(KEYS.definitions(), "json")).toString()).as("not sent again")
                .isEqualTo("{\"b\":1}");
        assertThat(now(commands.hget(KEYS.definitions(), "confirmedAt")).toString())
                .isEqualTo("2025-01-01T12:00:30Z");
    }

    @Test
    @Tag("RDS-1")
    void unchangedDefinitionsAreNotReadAgain() {
        shouldFetch(one);
        store(one, "{\"a\":1}", NOON);
        FlagDefinitionCacheData before = read(other);
        now(commands.hset(List.of(KEYS.definitions(), "json", "not read")));
        store(one, "{\"a\":1}", NOON.plusSeconds(30));

        FlagDefinitionCacheData after = read(other);

        assertThat(after).isEqualTo(new FlagDefinitionCacheData("{\"a\":1}", NOON.plusSeconds(30)));
        assertThat(after.json()).isSameAs(before.json());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"b\":1}", "", "\u001fnot compressed" })
    @Tag("RDS-5")
    void damagedDefinitionsCauseFailure(String json) {
        shouldFetch(one);
        store(one, "{\"a\":1}", NOON);
        now(commands.hset(List.of(KEYS.definitions(), "json", json)));

        assertThatThrownBy(() -> read(other)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("test:definitions in Redis is damaged");
    }

    /** Compressed, ten megabytes are ten kilobytes. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    @Tag("RDS-8")
    void tooLargeDefinitionsAreNotReadIntoMemory(boolean compressible) {
        Random random = new Random(1);
        String json = random.ints(10_000_000, '!', '~').collect(StringBuilder::new,
                (text, character) -> text.appendCodePoint(compressible ? 'a' : character), StringBuilder::append).toString();
        shouldFetch(one);
        store(one, json, NOON);

        assertThatThrownBy(() -> read(other)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("maximum size of flag definitions, 3000000 bytes");
    }

    @Test
    void unconfirmedDefinitionsExpireAfterAWeek() {
        shouldFetch(one);
        store(one, "{}", NOON);

        assertThat(Duration.ofMillis(now(commands.pttl(KEYS.definitions())).toLong())).isBetween(Duration.ofDays(6),
                Duration.ofDays(7));
    }

    private static RedisFlagDefinitionProvider instance(Duration leaseTime) {
        return new RedisFlagDefinitionProvider(redis, KEYS, leaseTime, LIMIT);
    }

    private static boolean shouldFetch(RedisFlagDefinitionProvider instance) {
        return now(instance.shouldFetchFlagDefinitions("default"));
    }

    private static void store(RedisFlagDefinitionProvider instance, String json, Instant confirmedAt) {
        now(instance.onFlagDefinitionsReceived("default", new FlagDefinitionCacheData(json, confirmedAt)));
    }

    private static FlagDefinitionCacheData read(RedisFlagDefinitionProvider instance) {
        return now(instance.getFlagDefinitions("default"));
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
