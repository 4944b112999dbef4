package io.jenkins.plugins.imageupdate.source.jenkinsfile;

import groovyjarjarantlr.RecognitionException;
import groovyjarjarantlr.Token;
import groovyjarjarantlr.TokenStreamException;
import groovyjarjarantlr.TokenStreamRecognitionException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.codehaus.groovy.antlr.AntlrParserPlugin;
import org.codehaus.groovy.antlr.GroovySourceToken;
import org.codehaus.groovy.antlr.SourceBuffer;
import org.codehaus.groovy.antlr.UnicodeEscapingReader;
import org.codehaus.groovy.antlr.UnicodeLexerSharedInputState;
import org.codehaus.groovy.antlr.parser.GroovyLexer;
import org.codehaus.groovy.antlr.parser.GroovyRecognizer;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Groovy's parser with a limit on its work. It tries several readings of a text, which nested casts multiply without end: thirty of them
 * would keep a thread busy for days. The parser asks a token for its type at every step, so the tokens count the steps.
 */
final class BoundedParser extends AntlrParserPlugin {
    private static final int MAX_STEPS = 50_000_000;
    /**
     * Many times what the largest Jenkinsfile takes, in time of the processor, so that a busy machine changes nothing. A step may be a
     * costly one, so that counting alone is not enough.
     */
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int STEPS_BETWEEN_LOOKS = 256;

    /** The limit is reached. */
    static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchWork() {
            super("too much work", null, false, false);
        }
    }

    private final long start = CLOCK.getCurrentThreadCpuTime();
    private int steps;

    @Override
    protected void transformCSTIntoAST(SourceUnit unit, Reader reader, SourceBuffer buffer)
            throws CompilationFailedException {
        setController(unit);
        UnicodeEscapingReader characters = new UnicodeEscapingReader(reader, buffer);
        GroovyLexer lexer = new CountedLexer(new UnicodeLexerSharedInputState(characters));
        characters.setLexer(lexer);
        GroovyRecognizer parser = GroovyRecognizer.make(lexer);
        parser.setSourceBuffer(buffer);
        parser.setFilename(unit.getName());
        try {
            parser.compilationUnit();
        } catch (TokenStreamRecognitionException e) {
            unit.addError(fatal(e.recog));
        } catch (RecognitionException e) {
            unit.addError(fatal(e));
        } catch (TokenStreamException e) {
            unit.addException(e);
        }
        ast = parser.getAST();
    }

    private static SyntaxException fatal(RecognitionException e) {
        SyntaxException fatal = new SyntaxException(e.getMessage(), e, e.getLine(), e.getColumn());
        fatal.setFatal(true);
        return fatal;
    }

    private final class CountedLexer extends GroovyLexer {
        CountedLexer(UnicodeLexerSharedInputState state) {
            super(state);
        }

        @Override
        protected Token makeToken(int type) {
            GroovySourceToken token = new CountedToken(type);
            token.setColumn(inputState.getTokenStartColumn());
            token.setLine(inputState.getTokenStartLine());
            token.setColumnLast(inputState.getColumn());
            token.setLineLast(inputState.getLine());
            return token;
        }
    }

    private final class CountedToken extends GroovySourceToken {
        CountedToken(int type) {
            super(type);
        }

        @Override
        public int getType() {
            steps++;
            boolean late = steps % STEPS_BETWEEN_LOOKS == 0 && CLOCK.getCurrentThreadCpuTime() - start > MAX_NANOS;
            if (late || steps > MAX_STEPS) {
                throw new TooMuchWork();
            }
            return super.getType();
        }
    }
}
