package io.quarkiverse.posthog.runtime.functions.arguments;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that a caller may have meant. */
public final class NearestNames {

    private static final int MAX_LENGTH = 100;

    private NearestNames() {
    }

    /** Returns the most similar names, the most similar first. Empty if none is similar. */
    public static List<String> of(String name, Collection<String> names, int max) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return List.of();
        }
        record Candidate(String name, int distance) {
        }
        return names.stream().map(other -> new Candidate(other, distance(name, other)))
                .filter(candidate -> candidate.distance() <= Math.max(1,
                        Math.min(name.length(), candidate.name().length()) / 2))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(max).map(Candidate::name).toList();
    }

    /** Returns the number of characters to insert, remove or replace; none if one name contains the other. */
    private static int distance(String name, String other) {
        String a = name.toLowerCase(java.util.Locale.ROOT);
        String b = other.toLowerCase(java.util.Locale.ROOT);
        if (a.equals(b)) {
            return 0;
        }
        if (a.length() > 2 && (b.contains(a) || a.contains(b) && b.length() > 2)) {
            return 1;
        }
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
