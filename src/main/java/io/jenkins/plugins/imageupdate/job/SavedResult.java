package io.jenkins.plugins.imageupdate.job;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.XStream2;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import java.io.Serializable;

/**
 * A result as builds, the queue and a Pipeline's state keep it, for later versions of this plugin: XML of {@link RecordConverter} with a version.
 * The name of this class and of its field are part of a Pipeline's state.
 */
final class SavedResult implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "check-result";
    private static final String VERSION_ATTRIBUTE = "version";
    private static final int VERSION = 1;
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias(NAME, ImageResult.class);
    }

    private final String xml;

    private SavedResult(String xml) {
        this.xml = xml;
    }

    static SavedResult of(CheckResult result) {
        return new SavedResult(XSTREAM.toXML(new ImageResult(result)));
    }

    private Object readResolve() {
        return XSTREAM.fromXML(xml);
    }

    static void write(CheckResult result, HierarchicalStreamWriter writer) {
        writer.addAttribute(VERSION_ATTRIBUTE, String.valueOf(VERSION));
        RecordConverter.write(result, writer);
    }

    /** @throws ConversionException if the XML is not a result, or is of a newer version */
    static CheckResult read(HierarchicalStreamReader reader) {
        @CheckForNull String version = reader.getAttribute(VERSION_ATTRIBUTE);
        if (!String.valueOf(VERSION).equals(version)) {
            throw new ConversionException("the result of a check is of version " + version + ", not of " + VERSION);
        }
        return (CheckResult) RecordConverter.readRecord(CheckResult.class, reader);
    }
}
