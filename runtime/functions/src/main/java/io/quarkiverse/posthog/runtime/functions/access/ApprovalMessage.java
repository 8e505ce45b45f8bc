package io.quarkiverse.posthog.runtime.functions.access;

import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.functions.FunctionAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.PreparedWrite;
import io.quarkiverse.posthog.runtime.functions.PreparedWrite.Change;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;

/**
 * Describes a call for the person who approves it. All values are JSON without line breaks and invisible characters, so that
 * a value cannot look like another part of the message.
 */
public final class ApprovalMessage {

    private static final int MAX_VALUE = 1_000;
    private static final int MAX_BODY = 4_000;
    private static final int MAX_CHANGES = 30;

    private ApprovalMessage() {
    }

    public static String of(FunctionDefinition function, FunctionAccount account, PreparedWrite write) {
        StringBuilder message = new StringBuilder(heading(function, account)).append('\n')
                .append(printable(account, write.target(), MAX_VALUE));
        if (write.changes().isEmpty()) {
            message.append("\nContent: ").append(value(account, write.body(), MAX_BODY));
        } else {
            write.changes().stream().limit(MAX_CHANGES).forEach(change -> message.append("\n- ").append(text(account, change)));
            if (write.changes().size() > MAX_CHANGES) {
                message.append("\n- and ").append(write.changes().size() - MAX_CHANGES)
                        .append(" more changes, which a call with dry_run shows");
            }
        }
        return message.append("\nRequest: ").append(write.method()).append(' ').append(write.path()).toString();
    }

    public static String of(FunctionDefinition function, FunctionAccount account, Arguments arguments) {
        String values = arguments.scope().filters().entrySet().stream()
                .map(entry -> "\n- " + entry.getKey() + ": " + printable(account, String.valueOf(entry.getValue()), MAX_VALUE))
                .collect(Collectors.joining());
        return heading(function, account) + "\nReads data of the project" + (values.isEmpty() ? "." : " with:" + values);
    }

    private static String heading(FunctionDefinition function, FunctionAccount account) {
        return function.title() + " (" + function.name() + "), PostHog account '" + account.name() + "', project "
                + account.projectId().asText();
    }

    private static String text(FunctionAccount account, Change change) {
        return printable(account, change.field(), MAX_VALUE) + ": " + value(account, change.before(), MAX_VALUE) + " -> "
                + value(account, change.after(), MAX_VALUE);
    }

    private static String value(FunctionAccount account, JsonNode value, int max) {
        return value.isMissingNode() ? "(none)" : printable(account, value.toString(), max);
    }

    private static String printable(FunctionAccount account, String text, int max) {
        String masked = account.withoutKeys(text);
        StringBuilder printable = new StringBuilder();
        masked.codePoints().limit(max).forEach(c -> {
            int type = Character.getType(c);
            boolean visible = type != Character.CONTROL && type != Character.FORMAT && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR && type != Character.SURROGATE;
            printable.appendCodePoint(visible ? c : ' ');
        });
        int rest = masked.codePointCount(0, masked.length()) - max;
        return rest <= 0 ? printable.toString()
                : printable + "... (" + rest + " more characters, which a call with dry_run shows)";
    }
}
