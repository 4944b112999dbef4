package io.jenkins.plugins.imageupdate.testing;

/**
 * One row of a table of attacks.
 *
 * @param aim what an attacker is after
 * @param tried what is tried
 * @param refusal what has to come back, in part
 * @param play tries it; fails when it succeeds, and gives what came back
 */
public record Attack(String aim, String tried, String refusal, Play play) {
    /** Tries it. */
    @FunctionalInterface
    public interface Play {
        String tried() throws Exception;
    }

    /** The row as a line of a Markdown table. */
    public String markdown() {
        return "| " + cell(aim) + " | " + cell(tried) + " | " + cell(refusal) + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    @Override
    public String toString() {
        return aim + ": " + tried;
    }
}
