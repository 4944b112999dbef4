package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/** The arguments of a call. */
final class Arguments {
    private final List<Expression> all;

    Arguments(MethodCallExpression call) {
        all = call.getArguments() instanceof TupleExpression tuple
                ? tuple.getExpressions()
                : List.of(call.getArguments());
    }

    /** The first one that has no name and is not a block; null if there is none. */
    @CheckForNull
    Expression first() {
        return all.stream()
                .filter(each -> !(each instanceof MapExpression) && !(each instanceof ClosureExpression))
                .findFirst()
                .orElse(null);
    }

    @CheckForNull
    Expression named(String name) {
        for (Expression each : all) {
            for (MapEntryExpression entry :
                    each instanceof MapExpression map ? map.getMapEntryExpressions() : List.<MapEntryExpression>of()) {
                if (name.equals(entry.getKeyExpression().getText())) {
                    return entry.getValueExpression();
                }
            }
        }
        return null;
    }

    /** The block behind a call; null if there is none. */
    @CheckForNull
    ClosureExpression block() {
        return all.stream()
                .filter(ClosureExpression.class::isInstance)
                .map(ClosureExpression.class::cast)
                .findFirst()
                .orElse(null);
    }
}
