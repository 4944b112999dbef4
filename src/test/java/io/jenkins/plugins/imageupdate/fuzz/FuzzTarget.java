package io.jenkins.plugins.imageupdate.fuzz;

/** A parser under fuzzing, and what must hold for every input. */
@FunctionalInterface
public interface FuzzTarget {
    /** Throws when the parser does not keep its word; an exception that it documents is none. */
    void feed(byte[] input) throws Exception;
}
