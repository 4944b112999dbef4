package io.jenkins.plugins.imageupdate.source.manifests;

import io.jenkins.plugins.imageupdate.source.SourceException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the documents of one kind of file. */
interface ManifestKind {
    /**
     * Reads a document, a mapping, if it is of this kind.
     *
     * @return whether it is
     * @throws SourceException if the whole file is not to be read on
     */
    boolean read(Node document) throws SourceException;

    /** Is called behind the last document. */
    default void end() {}
}
