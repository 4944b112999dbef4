package io.jenkins.plugins.imageupdate.source.dockerfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The build stages up to the one that is being read; their names have no case. */
final class Stages {
    /** A stage, the triggers that it leaves to those that are based on it, and the earlier stages that it takes something from. */
    record Stage(int number, List<Instruction> triggers, Set<Integer> sources) {}

    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, Stage> byName = new HashMap<>();
    private final Set<String> later = new HashSet<>();

    Stages(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            String[] words = instruction.arguments().split("\\s+", 4);
            if (instruction.name().equals("FROM") && words.length == 3) {
                later.add(lower(words[2]));
            }
        }
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    Stage current() {
        return stages.get(stages.size() - 1);
    }

    void begin() {
        stages.add(new Stage(stages.size(), new ArrayList<>(), new HashSet<>()));
    }

    void nameCurrent(@CheckForNull String name) {
        if (name != null) {
            byName.put(lower(name), current());
        }
    }

    /** The earlier stage of this name that the current one is based on, or null. */
    @CheckForNull
    Stage base(String name) {
        Stage base = byName.get(lower(name));
        if (base != null) {
            current().sources().add(base.number());
        }
        return base;
    }

    /**
     * The numbers of the stages that are built for this one.
     *
     * @param target name or number
     * @return empty if there is no such stage
     */
    Set<Integer> neededFor(String target) {
        Stage stage = byName.get(lower(target));
        if (stage == null && target.matches("[0-9]{1,9}") && Integer.parseInt(target) < stages.size()) {
            stage = stages.get(Integer.parseInt(target));
        }
        Set<Integer> needed = new HashSet<>();
        if (stage != null) {
            needed.add(stage.number());
            // What a stage takes something from stands before it.
            for (int i = stage.number(); i >= 0; i--) {
                if (needed.contains(i)) {
                    needed.addAll(stages.get(i).sources());
                }
            }
        }
        return needed;
    }

    /** Whether files are taken from a stage that is already there, by its name; a later one can only be a mistake. */
    boolean copiedByName(String name) throws SourceException {
        Stage stage = byName.get(lower(name));
        if (stage == null && later.contains(lower(name)) || stage != null && stage == current()) {
            throw new SourceException("the stage " + Printable.of(name) + " is not complete at this line");
        }
        if (stage != null) {
            current().sources().add(stage.number());
        }
        return stage != null;
    }

    /** The same for a number, counted from 0. */
    boolean copiedByNumber(String text) throws SourceException {
        if (!text.matches("[0-9]{1,9}")) {
            return false;
        }
        if (Integer.parseInt(text) >= stages.size() - 1) {
            throw new SourceException("there is no complete stage number " + text + " at this line");
        }
        current().sources().add(Integer.parseInt(text));
        return true;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
