package io.jenkins.plugins.imageupdate.source.manifests;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.source.Oddities;
import io.jenkins.plugins.imageupdate.source.SourceException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The documents of a YAML file as trees of nodes, which know their lines. No value is built of them, so that neither tags nor aliases
 * can make more of the file than it is.
 */
final class YamlDocuments {
    /** The schemas within the definitions of custom resources go deep. */
    private static final int MAX_DEPTH = 200;

    private static final int MAX_ALIASES = 1_000;

    private final String text;
    private final Composer documents;

    YamlDocuments(String text) {
        this.text = text;
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(ManifestImages.MAX_BYTES);
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setMaxAliasesForCollections(MAX_ALIASES);
        limits.setAllowRecursiveKeys(false);
        documents = new Composer(new ParserImpl(new TabScanner(text, limits)), new Resolver(), limits);
    }

    /** Null at the end; what follows a document that cannot be parsed is lost. */
    @CheckForNull
    Node next() throws SourceException {
        try {
            return documents.checkNode() ? documents.getNode() : null;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw new SourceException(mark == null ? 0 : mark.getLine() + 1, unreadable(e.getProblem()));
        } catch (YAMLException e) {
            throw new SourceException(unreadable(e.getMessage()));
        } catch (IllegalArgumentException e) {
            // Of the parser itself, at an escape that the file ends in or that names no character.
            throw new SourceException(unreadable("a broken escape in a quoted text"));
        }
    }

    private String unreadable(@CheckForNull String problem) {
        String template = Oddities.template(text) ? "; if it is a template, give what is made of it" : "";
        return "this is no YAML that can be read: " + Printable.of(problem) + template;
    }
}
