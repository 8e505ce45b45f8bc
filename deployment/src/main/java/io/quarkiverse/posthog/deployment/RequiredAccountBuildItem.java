package io.quarkiverse.posthog.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** An account that a part of the application requires. The application cannot start without it. */
final class RequiredAccountBuildItem extends MultiBuildItem {

    private final String name;
    private final String where;

    /**
     * Creates an item.
     *
     * @param where the location that names the account, for messages
     */
    RequiredAccountBuildItem(String name, String where) {
        this.name = name;
        this.where = where;
    }

    String name() {
        return name;
    }

    String where() {
        return where;
    }
}
