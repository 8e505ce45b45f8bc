package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, in a process of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmulatorJarIT {

    private static final int EXIT_CODE_OF_SIGTERM = 128 + 15;
    private static final String CONTROL_PAGE = "  Control page:";

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stopProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
    void servesEventsAndFlagsUntilSigterm() throws Exception {
        Process process = start("--port", "0", "--seed", "--project-api-key", "phc_cli", "--project-id", "7");
        BufferedReader output = process.inputReader();
        List<String> lines = readUntilControlPage(output);
        String baseUrl = lines.get(0).replaceFirst(".* listens on ", "");
        assertThat(baseUrl).matches("http://localhost:[1-9]\\d+");
        assertThat(String.join("\n", lines)).contains("phc_cli", "phx_emulator", "phs_emulator", baseUrl + "/");
        EmulatorClient client = new EmulatorClient(baseUrl, "phx_emulator");

        for (String encoding : encodings()) {
            String event = "{\"api_key\": \"phc_cli\", \"event\": \"packed by " + encoding + "\", \"distinct_id\": \"d\"}";
            assertThat(client.sendBody("POST", "/batch/",
                    BodyPublishers.ofByteArray(EmulatorEncodingTest.packed(encoding, event)),
                    Map.of("Content-Encoding", encoding)).status()).as(encoding).isEqualTo(200);
        }
        assertThat(client.control("GET", "/events?arrived=true", null).json().findValuesAsText("event"))
                .containsExactlyElementsOf(encodings().stream().map(encoding -> "packed by " + encoding).toList());
        assertThat(client.fetch("/api/projects/7/feature_flags/").results()).isNotEmpty();
        assertThat(client.capture("/flags/?v=2", "{\"token\": \"phc_cli\", \"distinct_id\": \"ada\"}").json()
                .at("/flags/hero-banner/enabled").booleanValue()).isTrue();

        process.toHandle().destroy();

        assertThat(process.waitFor()).isEqualTo(EXIT_CODE_OF_SIGTERM);
        assertThat(output.lines().toList()).last().isEqualTo("PostHog emulator stopped");
        assertThat(errors(process)).isEmpty();
    }

    @Test
    void logsOneLineForEachRecord() throws Exception {
        Process process = start("--port", "0");
        String address = readUntilControlPage(process.inputReader()).get(0);
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));

        assertThat(new RawClient(port).send("GET", "/", "", "Host: evil.example").status()).isEqualTo(403);
        process.toHandle().destroy();
        process.waitFor();

        assertThat(errors(process)).singleElement().asString()
                .matches("\\d\\d:\\d\\d:\\d\\d \\S+ The PostHog emulator rejected a request .*");
    }

    @Test
    void aPortInUseIsReportedInOneLine() throws Exception {
        try (PostHogEmulator other = PostHogEmulator.start(EmulatorOptions.defaults())) {
            Process process = start("--port", Integer.toString(other.port()));
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(errors(process)).singleElement().asString().contains("port " + other.port(), "another port");
        }
    }

    @Test
    void anInvalidCommandLineIsReportedInOneLine() throws Exception {
        Process process = start("--prot", "8010");
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors(process)).containsExactly("Unknown option '--prot'; --help lists all options");
    }

    @Test
    void anInvalidAllowedHostIsReportedInOneLine() throws Exception {
        Process process = start("--port", "0", "--allowed-host", "http://emulator.test");
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors(process)).singleElement().asString().contains("'http://emulator.test'", "--allowed-host");
    }

    @Test
    void helpAndVersionAreShown() throws Exception {
        Process help = start("--help");
        assertThat(help.inputReader().lines().toList()).isEqualTo(CommandLine.USAGE.lines().toList());
        assertThat(help.waitFor()).isZero();
        Process version = start("--version");
        assertThat(version.inputReader().lines().toList()).singleElement().asString().matches("\\d\\S*");
        assertThat(version.waitFor()).isZero();
    }

    /** The jar contains the native libraries for this platform only. */
    private static List<String> encodings() {
        boolean hasNativeLibraries = OS.LINUX.isCurrentOs() && System.getProperty("os.arch").equals("amd64");
        return hasNativeLibraries ? List.of("gzip", "zstd", "br") : List.of("gzip");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                System.getProperty("emulator.jar")));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors-" + processes.size()).toFile()).start();
        processes.add(process);
        return process;
    }

    private List<String> errors(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(directory.resolve("errors-" + processes.indexOf(process)));
    }

    private static List<String> readUntilControlPage(BufferedReader output) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = output.readLine();
            assertThat(line).as("output after %s", lines).isNotNull();
            lines.add(line);
        } while (!line.startsWith(CONTROL_PAGE));
        return lines;
    }
}
