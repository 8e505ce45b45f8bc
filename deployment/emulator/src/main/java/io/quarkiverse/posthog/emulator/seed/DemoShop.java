package io.quarkiverse.posthog.emulator.seed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.capture.Ingestion;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;

/** A small web shop with two weeks of history: the same persons and visits each time, up to now. */
public final class DemoShop {

    private static final int DAYS = 14;
    private static final List<String> NAMES = List.of("Ada", "Ben", "Chloe", "Dan", "Emma", "Finn", "Grace", "Hugo", "Ida",
            "Jonas", "Kira", "Leo");
    private static final List<String> PLANS = List.of("free", "free", "pro", "free", "vip");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "GB", "US");
    private static final List<String> PRODUCTS = List.of("Mug", "Notebook", "Backpack", "Lamp", "Poster");
    private static final double[] PRICES = { 12.5, 7.9, 89, 45, 19.99 };

    private final Project project;
    private final Ingestion ingestion;
    /** With a fixed seed, so that every shop is the same. */
    private final Random random = new Random(42);
    private int events;

    private DemoShop(Project project) {
        this.project = project;
        this.ingestion = new Ingestion(project);
    }

    /** Adds the shop to the data of the project. */
    public static void seed(Project project) {
        new DemoShop(project).visits();
        new DemoShopDocuments(project).add();
        new DemoShopResources(project).add();
    }

    private void visits() {
        Instant now = project.now();
        for (int i = 0; i < NAMES.size(); i++) {
            signUp(i, now.minus(Duration.ofDays(DAYS)).plus(Duration.ofMinutes(i)));
        }
        for (int day = DAYS - 1; day >= 0; day--) {
            for (int i = 0; i < NAMES.size(); i++) {
                // Each person has a recent visit, so that the default window of events is not empty
                boolean visits = day == 0 || random.nextInt(3) > 0;
                Instant start = now.minus(Duration.ofDays(day)).minus(Duration.ofMinutes(20 + random.nextInt(240)));
                if (visits) {
                    visit(NAMES.get(i).toLowerCase(Locale.ROOT), start);
                }
            }
        }
    }

    private void signUp(int index, Instant when) {
        String name = NAMES.get(index);
        String id = name.toLowerCase(Locale.ROOT);
        ObjectNode properties = EmulatorJson.object().put("$anon_distinct_id", "anonymous-" + id);
        properties.putObject("$set").put("email", id + "@example.com").put("name", name)
                .put("plan", PLANS.get(index % PLANS.size())).put("country", COUNTRIES.get(index % COUNTRIES.size()));
        add("$identify", id, when, properties);
    }

    private void visit(String person, Instant start) {
        int product = random.nextInt(PRODUCTS.size());
        Instant time = start;
        add("$pageview", person, time, EmulatorJson.object().put("$current_url", "https://shop.example.com/")
                .put("$pathname", "/"));
        time = time.plusSeconds(20 + random.nextInt(60));
        add("product viewed", person, time, EmulatorJson.object().put("product", PRODUCTS.get(product))
                .put("price", PRICES[product]));
        if (random.nextInt(2) == 0) {
            time = time.plusSeconds(30 + random.nextInt(90));
            add("product added to cart", person, time, EmulatorJson.object().put("product", PRODUCTS.get(product)));
            if (random.nextInt(3) > 0) {
                int quantity = 1 + random.nextInt(3);
                time = time.plusSeconds(40 + random.nextInt(200));
                add("order placed", person, time, EmulatorJson.object().put("product", PRODUCTS.get(product))
                        .put("quantity", quantity).put("amount", quantity * PRICES[product]).put("currency", "EUR"));
            }
        }
    }

    private void add(String event, String distinctId, Instant time, ObjectNode properties) {
        UUID uuid = UUID.nameUUIDFromBytes(("demo-shop-" + events++).getBytes(StandardCharsets.UTF_8));
        properties.put("$lib", "demo-shop");
        ingestion.ingest(new StoredEvent(uuid, event, distinctId, time, properties, false, null));
    }
}
