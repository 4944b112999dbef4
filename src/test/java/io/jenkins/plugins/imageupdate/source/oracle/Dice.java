package io.jenkins.plugins.imageupdate.source.oracle;

import java.util.List;
import java.util.Random;

/** The same throws for the same seed. {@link Random}'s algorithm is fixed by its specification. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chance) {
        return random.nextInt(chance) == 0;
    }

    String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
