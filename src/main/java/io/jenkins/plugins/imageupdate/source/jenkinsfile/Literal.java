package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;

/**
 * A text that stands in the file as it is.
 *
 * @param line of the text's first line
 * @param oneLine whether all of it stands on that line, its line breaks written as escapes
 */
record Literal(String text, int line, boolean oneLine) {
    private static final Set<String> SHAPING = Set.of("stripIndent", "stripMargin", "trim", "strip");

    /** Null where the expression is computed. Calls that take away indentation are gone through. */
    @CheckForNull
    static Literal of(@CheckForNull Expression expression) {
        if (expression instanceof ConstantExpression constant && constant.getValue() instanceof String text) {
            int lines = constant.getLastLineNumber() - constant.getLineNumber();
            int breaks = (int) text.chars().filter(c -> c == '\n').count();
            // A backslash at the end of the first line leaves its line break out.
            int skipped = lines > breaks ? lines - breaks : 0;
            return new Literal(text, constant.getLineNumber() + skipped, lines == 0 && breaks > 0);
        }
        if (expression instanceof MethodCallExpression call && SHAPING.contains(call.getMethodAsString())) {
            Literal shaped = of(call.getObjectExpression());
            boolean margin = "stripMargin".equals(call.getMethodAsString());
            return shaped == null || !margin ? shaped : shaped.with(shaped.text.replaceAll("(?m)^[ \t]*\\|", ""));
        }
        return null;
    }

    private Literal with(String changed) {
        return new Literal(changed, line, oneLine);
    }
}
