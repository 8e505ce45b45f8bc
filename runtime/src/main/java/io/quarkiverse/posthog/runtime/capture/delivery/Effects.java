package io.quarkiverse.posthog.runtime.capture.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The effects of a transition, which run in order after the lock is released. One that fails does not prevent the others. */
final class Effects {

    private final List<Runnable> effects = new ArrayList<>(4);

    void add(Runnable effect) {
        effects.add(effect);
    }

    void addAll(List<Runnable> more) {
        effects.addAll(more);
    }

    void addAll(Effects more) {
        effects.addAll(more.effects);
    }

    void run(Consumer<Throwable> onFailure) {
        for (Runnable effect : effects) {
            try {
                effect.run();
            } catch (Throwable e) {
                onFailure.accept(e);
            }
        }
    }
}
