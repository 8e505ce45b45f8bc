package io.quarkiverse.posthog.emulator;

import java.util.concurrent.CountDownLatch;

/** Runs the emulator as a program of its own, for any PostHog SDK. */
public final class Main {

    private static final int FAILED = 1;
    private static final int INVALID_COMMAND_LINE = 2;
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        int exitCode = run(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs until the process receives a signal, unless the command line does not start an emulator. */
    private static int run(String[] arguments) throws InterruptedException {
        try {
            CommandLine commandLine = CommandLine.parse(arguments);
            switch (commandLine.action()) {
                case SHOW_HELP -> System.out.print(CommandLine.USAGE);
                case SHOW_VERSION -> System.out.println(version());
                case START -> serve(commandLine.options());
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return INVALID_COMMAND_LINE;
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static void serve(EmulatorOptions options) throws InterruptedException {
        logOneLineEach();
        // Netty's use of sun.misc.Unsafe causes warnings on Java 24 and newer
        System.setProperty("io.netty.noUnsafe", "true");
        PostHogEmulator emulator = PostHogEmulator.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            emulator.close();
            System.out.println("PostHog emulator stopped");
        }, "emulator-shutdown"));
        System.out.print("""
                PostHog emulator %s listens on %s
                  Project token:             %s
                  Personal API key:          %s
                  Feature flags secure API key:  %s
                  Project ID:                %d
                  Control page:              %s/
                Press Ctrl+C to stop. All data is in memory and is deleted then.
                """.formatted(version(), emulator.baseUrl(), emulator.projectApiKey(), emulator.personalApiKey(),
                emulator.secureKey(), emulator.projectId(), emulator.baseUrl()));
        // The event loop is a daemon thread; the shutdown hook ends the process
        new CountDownLatch(1).await();
    }

    /** Replaces the default format of the JDK, which has two lines for each record, unless logging is configured. */
    private static void logOneLineEach() {
        if (System.getProperty(LOG_FORMAT) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(LOG_FORMAT, "%1$tT %4$s %5$s%6$s%n");
        }
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unknown version)" : version;
    }
}
