package io.jenkins.plugins.imageupdate.tags.version;

import java.util.Comparator;

/** Text in which numbers are compared as numbers: {@code build-9} comes before {@code build-10}. */
public final class NaturalOrder implements Comparator<String> {
    public static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String one, String two) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < two.length()) {
            int order;
            if (isDigit(one.charAt(i)) && isDigit(two.charAt(j))) {
                int endOne = endOfNumber(one, i);
                int endTwo = endOfNumber(two, j);
                order = compareNumbers(one.substring(i, endOne), two.substring(j, endTwo));
                i = endOne;
                j = endTwo;
            } else {
                order = Character.compare(one.charAt(i++), two.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        int rest = Integer.compare(one.length() - i, two.length() - j);
        return rest != 0 ? rest : one.compareTo(two);
    }

    /** Of any length. */
    static int compareNumbers(String one, String two) {
        String first = withoutZeros(one);
        String second = withoutZeros(two);
        int length = Integer.compare(first.length(), second.length());
        return length != 0 ? length : first.compareTo(second);
    }

    static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    static int endOfNumber(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && endOfNumber(text, 0) == text.length();
    }

    public static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> isDigit((char) c));
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
