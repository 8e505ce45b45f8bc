package io.quarkiverse.posthog.emulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line of the standalone emulator. */
final class CommandLine {

    /** The port of a PostHog instance that runs locally for its own development. */
    static final int DEFAULT_PORT = 8010;

    static final String USAGE = """
            Usage: java -jar quarkus-posthog-emulator-all.jar [options]

            Starts a PostHog emulator on the loopback interface. All data is in memory.

              --port <number>             port to listen on, 0 for a free port (default: 8010)
              --project-api-key <key>     project token (default: phc_emulator)
              --personal-api-key <key>    personal API key (default: phx_emulator)
              --secure-key <key>          feature flags secure API key (default: phs_emulator)
              --project-id <number>       project ID (default: 1)
              --seed                      start with the demo shop
              --allowed-host <host>       host under which the emulator can be reached, in addition
                                          to loopback hosts; can be repeated
              --max-stored-size <size>    memory for events, persons, groups and recorded requests,
                                          such as 512M or 2G (default: 256M)
              --help                      show this help
              --version                   show the version
            """;

    /** The action that the command line requests. */
    enum Action {
        START,
        SHOW_HELP,
        SHOW_VERSION
    }

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMG]?)", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMG";
    private static final int KIBI = 1024;
    private static final long MIN_SIZE = KIBI * KIBI;
    private static final int MAX_PORT = 65535;

    private final Iterator<String> arguments;
    private Action action = Action.START;
    private int port = DEFAULT_PORT;
    private String projectApiKey;
    private String personalApiKey;
    private String secureKey;
    private long projectId;
    private boolean seed;
    private final List<String> allowedHosts = new ArrayList<>();
    private long maxStoredBytes;

    private CommandLine(Iterator<String> arguments) {
        EmulatorOptions defaults = EmulatorOptions.defaults();
        this.arguments = arguments;
        this.projectApiKey = defaults.projectApiKey();
        this.personalApiKey = defaults.personalApiKey();
        this.secureKey = defaults.secureKey();
        this.projectId = defaults.projectId();
        this.maxStoredBytes = defaults.maxStoredBytes();
    }

    /** @throws IllegalArgumentException if an option is unknown, or its value is missing or not valid */
    static CommandLine parse(String... arguments) {
        CommandLine commandLine = new CommandLine(List.of(arguments).iterator());
        while (commandLine.arguments.hasNext()) {
            commandLine.read(commandLine.arguments.next());
        }
        return commandLine;
    }

    Action action() {
        return action;
    }

    EmulatorOptions options() {
        return new EmulatorOptions(port, projectApiKey, personalApiKey, secureKey, seed, projectId, allowedHosts,
                maxStoredBytes, null);
    }

    /** Reads an option with its value, which follows as the next argument or after an equals sign. */
    private void read(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String attached = equals < 0 ? null : argument.substring(equals + 1);
        switch (name) {
            case "--port" -> port = (int) number(name, value(name, attached), 0, MAX_PORT);
            case "--project-api-key" -> projectApiKey = key(name, value(name, attached));
            case "--personal-api-key" -> personalApiKey = key(name, value(name, attached));
            case "--secure-key" -> secureKey = key(name, value(name, attached));
            case "--project-id" -> projectId = number(name, value(name, attached), 1, Long.MAX_VALUE);
            case "--allowed-host" -> allowedHosts.add(value(name, attached));
            case "--max-stored-size" -> maxStoredBytes = size(name, value(name, attached));
            case "--seed" -> {
                withoutValue(name, attached);
                seed = true;
            }
            case "--help", "-h" -> request(Action.SHOW_HELP, name, attached);
            case "--version" -> request(Action.SHOW_VERSION, name, attached);
            default -> throw new IllegalArgumentException("Unknown option '" + name + "'; --help lists all options");
        }
    }

    private void request(Action requested, String name, String attached) {
        withoutValue(name, attached);
        if (action == Action.START) {
            action = requested;
        }
    }

    private static void withoutValue(String name, String attached) {
        if (attached != null) {
            throw new IllegalArgumentException("Option " + name + " does not take a value; remove '=" + attached + "'");
        }
    }

    private String value(String name, String attached) {
        String value = attached != null ? attached : arguments.hasNext() ? arguments.next() : "";
        if (value.isBlank() || attached == null && value.startsWith("--")) {
            throw new IllegalArgumentException("Option " + name + " requires a value, such as " + name + " "
                    + example(name));
        }
        return value;
    }

    private static String example(String name) {
        return switch (name) {
            case "--port" -> "8010";
            case "--project-id" -> "1";
            case "--allowed-host" -> "host.docker.internal";
            case "--max-stored-size" -> "256M";
            default -> "phc_example";
        };
    }

    private static String key(String name, String value) {
        if (!KEY.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Option " + name + " requires a key of printable ASCII characters without spaces");
        }
        return value;
    }

    private static long number(String name, String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported like a number out of range
        }
        throw new IllegalArgumentException(
                "Option " + name + " requires a number from " + min + " to " + max + ", not '" + value
                        + "'");
    }

    private static long size(String name, String value) {
        Matcher matcher = SIZE.matcher(value);
        if (matcher.matches()) {
            int unit = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
            long bytes = saturatedProduct(Long.parseLong(matcher.group(1)), 1L << 10 * unit);
            if (bytes >= MIN_SIZE && bytes < Long.MAX_VALUE) {
                return bytes;
            }
        }
        throw new IllegalArgumentException(
                "Option " + name + " requires a size of at least 1M, such as 512M or 2G, not '" + value
                        + "'");
    }

    private static long saturatedProduct(long number, long unit) {
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }
}
