package io.quarkiverse.posthog.testing.runtime;

import java.util.List;

/** All accounts of the application under test that have an emulator. */
public final class AccountsUnderTest {

    private AccountsUnderTest() {
    }

    public static boolean isApplicationInProcess() {
        return InProcessTestAccount.isApplicationInProcess();
    }

    /** Returns the accounts whose host is among these configuration keys. */
    public static List<String> names(Iterable<String> configurationKeys) {
        return OutOfProcessTestAccount.names(configurationKeys);
    }

    /** Called before a test. Removes the captured events, flag values, faults and settings of other tests. */
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

    /** Called after a test. Removes its flag values, faults and settings. */
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
