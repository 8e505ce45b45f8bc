package io.quarkiverse.posthog.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** An account that something in the application is for, so that the application can't start without it. */
final class RequiredAccountBuildItem extends MultiBuildItem {

    private final String name;
    private final String where;

    /** @param where what names the account, for messages */
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
