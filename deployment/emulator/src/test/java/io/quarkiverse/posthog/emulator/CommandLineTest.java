package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.emulator.CommandLine.Action;

class CommandLineTest {

    @Test
    void withoutOptionsTheDefaultsApply() {
        CommandLine commandLine = CommandLine.parse();
        assertThat(commandLine.action()).isEqualTo(Action.START);
        assertThat(commandLine.options()).isEqualTo(new EmulatorOptions(CommandLine.DEFAULT_PORT, "phc_emulator",
                "phx_emulator", "phs_emulator", false, 1));
    }

    @Test
    void allOptionsAreRead() {
        EmulatorOptions options = CommandLine.parse("--port", "0", "--project-api-key", "phc_a", "--personal-api-key=phx_b",
                "--secure-key", "phs_c", "--project-id", "42", "--seed", "--allowed-host", "emulator.test",
                "--allowed-host=host.docker.internal", "--max-stored-size", "2g").options();
        assertThat(options).isEqualTo(new EmulatorOptions(0, "phc_a", "phx_b", "phs_c", true, 42,
                List.of("emulator.test", "host.docker.internal"), 2L * 1024 * 1024 * 1024, null));
    }

    @Test
    void theLastValueTakesEffect() {
        assertThat(CommandLine.parse("--port", "1", "--port=2").options().port()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({ "1048576,1048576", "1024k,1048576", "1M,1048576", "3g,3221225472" })
    void sizesMayHaveAUnit(String text, long bytes) {
        assertThat(CommandLine.parse("--max-stored-size", text).options().maxStoredBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({ "--help,SHOW_HELP", "-h,SHOW_HELP", "--version,SHOW_VERSION" })
    void informationCanBeRequested(String option, Action action) {
        assertThat(CommandLine.parse("--seed", option).action()).isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(strings = { "--prot", "-port", "port", "8010", "", "-", "--", "--Port", "--seeds", "--prot=1" })
    void unknownOptionsAreRejected(String argument) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse("--seed", argument))
                .withMessage("Unknown option '%s'; --help lists all options", argument.replaceFirst("=.*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = { "--port", "--project-api-key", "--personal-api-key", "--secure-key", "--project-id",
            "--allowed-host", "--max-stored-size" })
    void missingValuesAreRejected(String option) {
        String message = "Option " + option + " requires a value, such as " + option + " ";
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option))
                .withMessageStartingWith(message);
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option + "="))
                .withMessageStartingWith(message);
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option, "--seed"))
                .withMessageStartingWith(message);
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option, " "))
                .withMessageStartingWith(message);
    }

    /** The suggested command line has to be valid. */
    @ParameterizedTest
    @ValueSource(strings = { "--port", "--project-api-key", "--personal-api-key", "--secure-key", "--project-id",
            "--allowed-host", "--max-stored-size" })
    void theExampleForAMissingValueIsValid(String option) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option)).satisfies(e -> {
            Matcher example = Pattern.compile("such as (\\S+) (\\S+)").matcher(e.getMessage());
            assertThat(example.find()).isTrue();
            assertThat(CommandLine.parse(example.group(1), example.group(2)).action()).isEqualTo(Action.START);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "--seed", "--help", "-h", "--version" })
    void valuesOfSwitchesAreRejected(String option) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option + "=true"))
                .withMessage("Option %s does not take a value; remove '=true'", option);
    }

    @ParameterizedTest
    @CsvSource({ "--port,-1", "--port,65536", "--port,80.5", "--port,http", "--port,99999999999999999999", "--project-id,0",
            "--project-id,-5", "--project-id,@current", "--project-id,9223372036854775808" })
    void numbersOutOfRangeAreRejected(String option, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option, value))
                .withMessageStartingWith("Option " + option + " requires a number from ")
                .withMessageEndingWith("not '" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "1023k", "1048575", "-1M", "1T", "M", "1.5G", "1 G", "256MB", "999999999999999G" })
    void sizesOutOfRangeAreRejected(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse("--max-stored-size", value))
                .withMessageContaining("at least 1M").withMessageEndingWith("not '" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = { "phc a", "phc_ä", "phc_\n" })
    void keysThatNoHeaderCanContainAreRejected(String key) {
        for (String option : List.of("--project-api-key", "--personal-api-key", "--secure-key")) {
            assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option, key))
                    .withMessageStartingWith("Option " + option + " requires a key").withMessageNotContaining(key);
        }
    }

    @Test
    void theHelpListsEveryOptionWithItsDefault() {
        assertThat(CommandLine.USAGE).contains("--port <number>", "default: " + CommandLine.DEFAULT_PORT,
                "--project-api-key <key>", "--personal-api-key <key>", "--secure-key <key>", "--project-id <number>", "--seed",
                "--allowed-host <host>", "--max-stored-size <size>", "--help", "--version", "default: phc_emulator",
                "default: phx_emulator", "default: phs_emulator");
    }
}
