package io.quarkiverse.posthog.testing.runtime;

import java.util.List;

/** All accounts of the application under test that have an emulator. */
public final class AccountsUnderTest {

    private AccountsUnderTest() {
    }

    public static boolean isApplicationInProcess() {
        return InProcessTestAccount.isApplicationHere();
    }

    /** The accounts that have a host among these configuration keys. */
    public static List<String> names(Iterable<String> configurationKeys) {
        return OutOfProcessTestAccount.names(configurationKeys);
    }

    /** Before a test, what other tests have captured is forgotten, and what they have set is taken back. */
    public static void begin(boolean keepCaptured) {
        for (AccountUnderTest account : all()) {
            undo(account);
            if (!keepCaptured) {
                forgetCaptured(account);
            }
        }
    }

    public static void forgetCaptured(AccountUnderTest account) {
        account.flush();
        account.emulator().forgetArrivedEvents();
        account.emulator().forgetRequests();
        account.begin();
    }

    /** After a test, what it has set is taken back. */
    public static void end() {
        all().forEach(AccountsUnderTest::undo);
    }

    private static void undo(AccountUnderTest account) {
        if (account.emulator().undo()) {
            account.reloadFlags();
        }
    }

    private static List<AccountUnderTest> all() {
        return isApplicationInProcess() ? InProcessTestAccount.all() : OutOfProcessTestAccount.all();
    }
}
