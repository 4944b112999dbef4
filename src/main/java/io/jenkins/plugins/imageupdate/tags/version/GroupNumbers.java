package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The numbers in the groups of an expression, compared group by group: 25.0.1 and 8 are newer than 25 and 36. Numbers that are missing at
 * the end of a group are 0; of equal ones that with more numbers is the greater.
 */
public record GroupNumbers(List<List<String>> groups) {
    public static final Comparator<GroupNumbers> AGE = (one, two) -> {
        int group = one.firstDifference(two);
        return group < 0 ? 0 : TagVersion.compareNumbers(one.groups.get(group), two.groups.get(group));
    };

    public static final Comparator<GroupNumbers> ORDER = AGE.thenComparingInt(
            numbers -> numbers.groups.stream().mapToInt(List::size).sum());

    /** Null if no group has a number. An expression gives as many groups for every tag. */
    @CheckForNull
    public static GroupNumbers of(List<String> groups) {
        List<List<String>> numbers = new ArrayList<>(groups.size());
        int found = 0;
        for (String group : groups) {
            List<String> inGroup = numbers(group);
            numbers.add(inGroup);
            found += inGroup.size();
        }
        return found == 0 ? null : new GroupNumbers(numbers);
    }

    private static List<String> numbers(String part) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < part.length(); i++) {
            int end = NaturalOrder.endOfNumber(part, i);
            if (end > i) {
                numbers.add(part.substring(i, end));
                i = end;
            }
        }
        return numbers;
    }

    /** Whether the first number in which they differ is of one kind, see {@link Numbering}. */
    public boolean isComparableWith(GroupNumbers other) {
        int group = firstDifference(other);
        return group < 0 || Numbering.comparable(groups.get(group), other.groups.get(group));
    }

    private int firstDifference(GroupNumbers other) {
        for (int i = 0; i < groups.size(); i++) {
            if (TagVersion.compareNumbers(groups.get(i), other.groups.get(i)) != 0) {
                return i;
            }
        }
        return -1;
    }
}
