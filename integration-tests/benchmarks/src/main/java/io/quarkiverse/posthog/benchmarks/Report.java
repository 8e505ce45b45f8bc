package io.quarkiverse.posthog.benchmarks;

import java.util.Locale;

/** Prints tables in AsciiDoc as soon as they are available. */
public final class Report {

    private final StringBuilder text = new StringBuilder();

    /** @param columns the widths of the columns, in AsciiDoc syntax */
    public void table(String title, String columns, String... header) {
        add("." + title + "\n[cols=\"" + columns + "\"]\n|===\n|" + String.join(" |", header) + "\n");
    }

    public void row(Object... cells) {
        StringBuilder row = new StringBuilder();
        for (Object cell : cells) {
            row.append("\n|")
                    .append(cell instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : cell);
        }
        add(row + "\n");
    }

    public void end(String note) {
        add("|===\n\n" + note + "\n\n");
    }

    /** Formats a number with at least three digits. */
    public static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    public static String ratio(double ours, double theirs) {
        return theirs == 0 ? "" : decimal(ours / theirs);
    }

    public String text() {
        return text.toString();
    }

    private void add(String more) {
        text.append(more);
        System.out.print(more);
        System.out.flush();
    }
}
