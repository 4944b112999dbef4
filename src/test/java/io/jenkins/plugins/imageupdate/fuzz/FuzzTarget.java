package io.jenkins.plugins.imageupdate.fuzz;

/** A parser that is fed with whatever there is, and what it promises to do with it. */
@FunctionalInterface
public interface FuzzTarget {
    /** Throws when the parser does not keep its word; an exception that it documents is none. */
    void feed(byte[] input) throws Exception;
}
