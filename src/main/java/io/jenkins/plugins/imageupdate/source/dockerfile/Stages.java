package io.jenkins.plugins.imageupdate.source.dockerfile;

import com.google.re2j.Pattern;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The build stages up to the one that is being read; their names have no case. */
final class Stages {
    /** A stage, the triggers that it leaves to those that are based on it, and the earlier stages that it takes something from. */
    record Stage(int number, List<Instruction> triggers, Set<Integer> sources) {}

    private static final int MAX_COMPARED = 50_000;
    private static final int MAX_TRIGGERED = 10_000;

    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, Stage> byName = new HashMap<>();
    private final Set<String> later = new HashSet<>();
    private int compared;
    private int triggered;

    Stages(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            String[] words = instruction.words();
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

    /**
     * The earlier stages that the current one may be based on.
     *
     * @param open whether the builder puts values into the name, so that it may be any of those that fit
     * @return empty where the name is not that of a stage
     */
    List<Stage> bases(String name, boolean open) throws SourceException {
        List<Stage> bases = open
                ? possible(name)
                : Stream.ofNullable(byName.get(lower(name))).toList();
        bases.forEach(base -> current().sources().add(base.number()));
        return bases;
    }

    private List<Stage> possible(String name) throws SourceException {
        compared += byName.size();
        if (compared > MAX_COMPARED) {
            throw new SourceException("too many stages may be meant by names that only the builder can complete");
        }
        Pattern names = AutomaticVariables.possible(name);
        return byName.entrySet().stream()
                .filter(stage -> names.matches(stage.getKey()))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(Stage::number))
                .toList();
    }

    /** Triggers within triggers of many stages multiply. */
    void countTrigger() throws SourceException {
        if (++triggered > MAX_TRIGGERED) {
            throw new SourceException("more than " + MAX_TRIGGERED + " ONBUILD triggers are set off in this file");
        }
    }

    /**
     * The numbers of the stages that are built for this one.
     *
     * @param target name or number
     * @return empty if the stage does not exist
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
            throw new SourceException("no stage number " + text + " is complete at this line");
        }
        current().sources().add(Integer.parseInt(text));
        return true;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
