package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** A {@link TagPolicy} as users write it in a form or a Jenkinsfile: which tags of a repository count. */
public abstract class TagSelection implements Describable<TagSelection>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> include;
    private ArrayList<String> exclude;

    /** Null for 1. */
    private Integer max;

    /** @throws IllegalArgumentException if the policy is not valid */
    public abstract TagPolicy toPolicy();

    /** Regular expressions. If there are any, a tag must match at least one of them. */
    public List<String> getInclude() {
        return include == null ? List.of() : include;
    }

    @DataBoundSetter
    public void setInclude(@CheckForNull List<String> include) {
        this.include = orNull(include);
    }

    /** Regular expressions. A tag must not match any of them. */
    public List<String> getExclude() {
        return exclude == null ? List.of() : exclude;
    }

    @DataBoundSetter
    public void setExclude(@CheckForNull List<String> exclude) {
        this.exclude = orNull(exclude);
    }

    /** How many of the newest matching tags count. */
    public int getMax() {
        return max == null ? 1 : max;
    }

    /** {@link #toPolicy} refuses a number out of range: Pipeline shows exceptions of setters as stack traces. */
    @DataBoundSetter
    public void setMax(int max) {
        this.max = max == 1 ? null : max;
    }

    /** One expression per line, for forms: expressions may contain commas. */
    public String getIncludeText() {
        return String.join("\n", getInclude());
    }

    public String getExcludeText() {
        return String.join("\n", getExclude());
    }

    @CheckForNull
    private static ArrayList<String> orNull(@CheckForNull List<String> written) {
        List<String> lines = TextList.lines(written);
        return lines.isEmpty() ? null : new ArrayList<>(lines);
    }

    final TagFilter filter() {
        return TagFilter.of(TextList.lines(include), TextList.lines(exclude), getMax());
    }
}
