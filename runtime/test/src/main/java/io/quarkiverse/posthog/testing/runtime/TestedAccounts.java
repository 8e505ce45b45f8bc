package io.quarkiverse.posthog.testing.runtime;

import java.util.List;

/** All accounts of the application under test that have an emulator. */
public final class TestedAccounts {

    private TestedAccounts() {
    }

    public static boolean areHere() {
        return AccountHere.isApplicationHere();
    }

    /** The accounts that have a host among these configuration keys. */
    public static List<String> names(Iterable<String> configurationKeys) {
        return AccountElsewhere.names(configurationKeys);
    }

    /** Before a test, what other tests have captured is forgotten, and what they have set is taken back. */
    public static void begin(boolean keepCaptured) {
        for (TestedAccount account : all()) {
            undo(account);
            if (!keepCaptured) {
                forgetCaptured(account);
            }
        }
    }

    public static void forgetCaptured(TestedAccount account) {
        account.flush();
        account.emulator().forgetArrivedEvents();
        account.emulator().forgetRequests();
        account.begin();
    }

    /** After a test, what it has set is taken back. */
    public static void end() {
        all().forEach(TestedAccounts::undo);
    }

    private static void undo(TestedAccount account) {
        if (account.emulator().undo()) {
            account.reloadFlags();
        }
    }

    private static List<TestedAccount> all() {
        return areHere() ? AccountHere.all() : AccountElsewhere.all();
    }
}
