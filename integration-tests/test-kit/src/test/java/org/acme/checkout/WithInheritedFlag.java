package org.acme.checkout;

import io.quarkiverse.posthog.testing.WithFlag;

@WithFlag(key = "of-both", variant = "parent")
@WithFlag(key = "inherited", variant = "parent")
abstract class WithInheritedFlag {
}
