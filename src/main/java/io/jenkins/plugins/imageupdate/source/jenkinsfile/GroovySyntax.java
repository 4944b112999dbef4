package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.ParserPlugin;
import org.codehaus.groovy.control.ParserPluginFactory;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Makes syntax trees of Groovy. Only the phases "parsing" and "conversion" of a single source unit are gone through: those that resolve
 * classes, apply transformations and generate code belong to a compilation unit, which is not made.
 */
final class GroovySyntax {
    private GroovySyntax() {}

    /** The statements of a script, of its methods, and of the methods of its classes. */
    static List<Statement> statements(String text) throws SourceException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setPluginFactory(new ParserPluginFactory() {
            @Override
            public ParserPlugin createParserPlugin() {
                return new BoundedParser();
            }
        });
        ErrorCollector errors = new ErrorCollector(configuration);
        SourceUnit unit = new SourceUnit("Jenkinsfile", text, configuration, null, errors);
        try {
            unit.parse();
            unit.completePhase();
            unit.nextPhase();
            unit.convert();
            return statements(unit.getAST());
        } catch (CompilationFailedException e) {
            throw fault(errors);
        } catch (BoundedParser.TooMuchWork e) {
            throw new SourceException("this Groovy takes too much work to be read");
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    static SourceException tooDeep() {
        return new SourceException("this Groovy is nested too deeply to be read");
    }

    private static List<Statement> statements(ModuleNode module) {
        List<Statement> statements = new ArrayList<>();
        statements.add(module.getStatementBlock());
        module.getMethods().forEach(method -> add(statements, method));
        for (ClassNode type : module.getClasses()) {
            // The class that Groovy makes of the script itself holds what is there already.
            if (!type.isScript()) {
                type.getMethods().forEach(method -> add(statements, method));
            }
        }
        return statements;
    }

    private static void add(List<Statement> statements, MethodNode method) {
        if (method.getCode() != null) {
            statements.add(method.getCode());
        }
    }

    private static SourceException fault(ErrorCollector errors) {
        SyntaxException first = errors.hasErrors() ? errors.getSyntaxError(0) : null;
        return first == null
                ? new SourceException("this is not Groovy that can be read")
                : new SourceException(
                        Math.max(first.getLine(), 0),
                        "this is not Groovy that can be read: " + Printable.of(first.getOriginalMessage()));
    }
}
