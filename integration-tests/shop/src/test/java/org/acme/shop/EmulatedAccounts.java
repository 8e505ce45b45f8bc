package org.acme.shop;

import org.junit.jupiter.api.BeforeEach;

/** Each test begins with the demo shop in both accounts. */
abstract class EmulatedAccounts {

    Emulator emulator;
    Emulator marketing;

    @BeforeEach
    void resetEmulators() {
        emulator = Emulator.of("default");
        marketing = Emulator.of("marketing");
        emulator.reset();
        marketing.reset();
    }
}
