package dev.kadao.support;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rows of English words, found in what a buyer wrote though it has slips of the pen. */
final class EnglishWords {
    static final List<String> GAP = List.of("~");
    private static final int LONGEST_GAP = 5;
    private static final int LOOK_BACK = 2;
    private static final int MOST_TOKENS = 400;
    private static final Set<String> NEGATIONS =
            Set.of("not", "no", "dont", "never", "without", "didnt", "havent", "wont", "wasnt", "isnt");

    private final Set<String> known;

    private EnglishWords(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    static EnglishWords of(List<WordRule> rules) {
        Set<String> known = new HashSet<>(NEGATIONS);
        // Words one slip away from those of the rules.
        known.addAll(List.of("changed", "older", "borders", "played", "recover", "coder", "cold", "parson", "waited"));
        rules.forEach(rule -> rule.row().forEach(known::addAll));
        return new EnglishWords(known);
    }

    static List<String> tokens(String words) {
        String plain = Normalizer.normalize(words, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("['’‘`´]", "");
        return Arrays.stream(plain.split("[^a-z0-9]+"))
                .filter(token -> !token.isEmpty())
                .limit(MOST_TOKENS)
                .toList();
    }

    static List<List<String>> row(String pattern) {
        return Arrays.stream(pattern.split(" +"))
                .map(word -> word.equals("~") ? GAP : List.of(word.split("\\|")))
                .toList();
    }

    boolean matches(WordRule rule, List<String> tokens) {
        for (int start = 0; start < tokens.size(); start++) {
            if (matches(rule.row(), 0, tokens, start) && (rule.standing() || !isTakenBack(tokens, start))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTakenBack(List<String> tokens, int start) {
        return tokens.subList(Math.max(0, start - LOOK_BACK), start).stream().anyMatch(NEGATIONS::contains);
    }

    private boolean matches(List<List<String>> row, int at, List<String> tokens, int from) {
        if (at == row.size()) {
            return true;
        }
        if (row.get(at).equals(GAP)) {
            for (int skipped = 0; skipped <= LONGEST_GAP; skipped++) {
                if (matches(row, at + 1, tokens, from + skipped)) {
                    return true;
                }
            }
            return false;
        }
        return from < tokens.size()
                && row.get(at).stream().anyMatch(word -> isMeant(word, tokens.get(from)))
                && matches(row, at + 1, tokens, from + 1);
    }

    private boolean isMeant(String word, String token) {
        if (word.equals(token)) {
            return true;
        }
        boolean mayBeSlip = word.length() >= 5
                && word.charAt(0) == token.charAt(0)
                && Math.abs(word.length() - token.length()) <= 2
                && !known.contains(token);
        return mayBeSlip && distance(word, token) <= (word.length() >= 9 ? 2 : 1);
    }

    /** Letters that are missing, too many, wrong, or two that changed places. */
    private static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int cheapest(int[][] cost, String one, String other, int i, int j) {
        int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, Math.min(cost[i][j - 1] + 1, cost[i - 1][j - 1] + changed));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
