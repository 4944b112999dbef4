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

/** Which tag of a repository counts, as users choose it: a {@link TagPolicy} in a form or a Jenkinsfile. */
public abstract class TagSelection implements Describable<TagSelection>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> include;
    private ArrayList<String> exclude;

    /** Null for one. */
    private Integer max;

    /** An {@link IllegalArgumentException} says what is wrong. */
    public abstract TagPolicy toPolicy();

    /** Regular expressions; where there are any, one of them is to be found in the tag. */
    public List<String> getInclude() {
        return include == null ? List.of() : include;
    }

    @DataBoundSetter
    public void setInclude(@CheckForNull List<String> include) {
        this.include = orNull(include);
    }

    /** Regular expressions, none of which may be found in the tag. */
    public List<String> getExclude() {
        return exclude == null ? List.of() : exclude;
    }

    @DataBoundSetter
    public void setExclude(@CheckForNull List<String> exclude) {
        this.exclude = orNull(exclude);
    }

    /** How many of the newest tags that fit count. */
    public int getMax() {
        return max == null ? 1 : max;
    }

    /** One out of range is refused by {@link #toPolicy}: what setters throw, Pipeline shows as stack traces. */
    @DataBoundSetter
    public void setMax(int max) {
        this.max = max == 1 ? null : max;
    }

    /** As forms show them, a line each: expressions may have commas. */
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
