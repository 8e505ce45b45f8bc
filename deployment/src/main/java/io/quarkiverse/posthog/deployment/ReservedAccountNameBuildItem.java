package io.quarkiverse.posthog.deployment;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkus.builder.item.MultiBuildItem;

/**
 * A name that no account can have, because a module uses it as the prefix of its configuration: {@code mcp} for
 * {@code quarkus.posthog.mcp}. The prefix must not have properties with the names of properties of an account.
 */
public final class ReservedAccountNameBuildItem extends MultiBuildItem {

    private final String name;

    public ReservedAccountNameBuildItem(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    static Set<String> names(List<ReservedAccountNameBuildItem> items) {
        return items.stream().map(ReservedAccountNameBuildItem::name).collect(Collectors.toUnmodifiableSet());
    }
}
