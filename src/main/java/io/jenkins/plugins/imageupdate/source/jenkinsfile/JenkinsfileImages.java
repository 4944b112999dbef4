package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import io.jenkins.plugins.imageupdate.source.SourceException;
import io.jenkins.plugins.imageupdate.source.SourceFindings;
import io.jenkins.plugins.imageupdate.source.SourceImages;
import io.jenkins.plugins.imageupdate.source.SourceText;
import java.util.List;
import org.codehaus.groovy.ast.stmt.Statement;

/** Finds the images that a Jenkinsfile names; see the package for the places. */
public final class JenkinsfileImages {
    public static final int MAX_BYTES = 256 * 1024;

    private JenkinsfileImages() {}

    /**
     * Never fails: what is wrong with the file is among the problems.
     *
     * @param file its path, for messages
     * @param content the file; of a larger one, {@link #MAX_BYTES} + 1 bytes are enough
     */
    public static SourceImages read(String file, byte[] content) {
        SourceFindings findings = new SourceFindings(file);
        try {
            List<Statement> statements = GroovySyntax.statements(SourceText.of(content, MAX_BYTES));
            PipelineWalk walk = new PipelineWalk(findings);
            statements.forEach(statement -> statement.visit(walk));
        } catch (SourceException e) {
            findings.problem(0, e);
        } catch (StackOverflowError e) {
            findings.problem(0, GroovySyntax.tooDeep());
        } catch (LinkageError e) {
            findings.problem(0, "this Jenkins has another Groovy than 2.4: Jenkinsfiles are not read");
        }
        return findings.images();
    }
}
