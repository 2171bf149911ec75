package prosa.domain;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a text looks like (UTS #39 §4): two that can be taken for each other have one skeleton. It is for comparing, and not to be shown. */
final class Skeleton {
    /** Ascending. */
    private static final int[] SOURCES;

    /** What each source looks like. */
    private static final String[] PROTOTYPES;

    static {
        SortedMap<Integer, String> all = new TreeMap<>();
        for (StringTokenizer entries = new StringTokenizer(Confusables.ALL); entries.hasMoreTokens(); ) {
            String[] sides = entries.nextToken().split("=");
            StringBuilder prototype = new StringBuilder();
            for (String c : sides[0].split(",")) {
                prototype.appendCodePoint(Integer.parseInt(c, 16));
            }
            String shared = prototype.toString();
            for (String c : sides[1].split(",")) {
                all.put(Integer.parseInt(c, 16), shared);
            }
        }
        SOURCES = all.keySet().stream().mapToInt(Integer::intValue).toArray();
        PROTOTYPES = all.values().toArray(String[]::new);
    }

    /** Each character of ASCII, none of which can be decomposed or ignored. */
    private static final String[] OF_ASCII =
            IntStream.range(0, 0x80).mapToObj(Skeleton::prototype).toArray(String[]::new);

    private Skeleton() {}

    static String of(String text) {
        if (Name.isAscii(text)) {
            return ofAscii(text);
        }
        StringBuilder prototypes = new StringBuilder(text.length());
        Normalizer.normalize(text, Form.NFD)
                .codePoints()
                .filter(c -> !Unicode.DEFAULT_IGNORABLE.contains(c))
                .forEach(c -> prototypes.append(prototype(c)));
        return Normalizer.normalize(prototypes, Form.NFD);
    }

    private static String ofAscii(String text) {
        StringBuilder prototypes = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            prototypes.append(OF_ASCII[text.charAt(i)]);
        }
        return Name.isAscii(prototypes) ? prototypes.toString() : Normalizer.normalize(prototypes, Form.NFD);
    }

    /** What a character looks like that can't be decomposed: itself, if it looks like no other. */
    static String prototype(int c) {
        int at = Arrays.binarySearch(SOURCES, c);
        return at >= 0 ? PROTOTYPES[at] : Character.toString(c);
    }
}
