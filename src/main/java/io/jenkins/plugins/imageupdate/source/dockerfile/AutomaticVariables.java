package io.jenkins.plugins.imageupdate.source.dockerfile;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The variables to which the builder gives values (reference, "Automatic platform ARGs in the global scope"). Where a value is not known
 * here, a character that no text holds (a Unicode noncharacter) stands for it, so that it can be told which stage names are possible.
 */
final class AutomaticVariables {
    /** The values of Go's GOOS and GOARCH (golang.org/doc/install/source#environment). */
    private static final String OS =
            "(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows)";

    private static final String ARCHITECTURE =
            "(?:386|amd64|arm|arm64|loong64|mips|mips64|mips64le|mipsle|ppc64|ppc64le" + "|riscv64|s390x|wasm)";
    private static final String VARIANT = "(?:v[0-9]+)?";
    private static final String VERSION = "[0-9.]*";
    private static final String ANYTHING = ".*";

    private static final List<String> SUFFIXES = List.of("PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT");
    private static final List<String> VALUES = List.of(ANYTHING, OS, VERSION, ARCHITECTURE, VARIANT, ANYTHING);

    static final Set<String> OF_TARGET = names("TARGET");
    static final Set<String> OF_BUILDER = names("BUILD");
    static final String STAGE = "TARGETSTAGE";

    /** Stands for the value of the variable of this number; the last one for a value that a modifier has changed. */
    private static final char FIRST_MARK = '\uFDD0';

    static final char ANY_MARK = (char) (FIRST_MARK + SUFFIXES.size());

    private AutomaticVariables() {}

    private static Set<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        SUFFIXES.forEach(suffix -> names.add(prefix + suffix));
        return Set.copyOf(names);
    }

    static boolean contains(String name) {
        return OF_TARGET.contains(name) || OF_BUILDER.contains(name) || name.equals(STAGE);
    }

    /** What stands for the unknown value of any variable, automatic or not. */
    static char mark(String name) {
        for (int i = 0; i < SUFFIXES.size(); i++) {
            if (name.equals("TARGET" + SUFFIXES.get(i)) || name.equals("BUILD" + SUFFIXES.get(i))) {
                return (char) (FIRST_MARK + i);
            }
        }
        return ANY_MARK;
    }

    /** Matches what the text may be once the builder has put in its values; upper and lower case are the same. */
    static Pattern possible(String text) {
        StringBuilder pattern = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean mark = c >= FIRST_MARK && c <= ANY_MARK;
            pattern.append(mark ? VALUES.get(c - FIRST_MARK) : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
    }
}
