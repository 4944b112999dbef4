package io.jenkins.plugins.imageupdate.policy;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagSort;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code regex(pattern: '^v\\d+$', sort: 'numeric')}: the highest tag that matches a regular expression. */
public final class RegexTags extends TagSelection {
    private static final long serialVersionUID = 1L;

    private final String pattern;
    private TagSort sort = TagSort.NUMERIC;

    @DataBoundConstructor
    public RegexTags(String pattern) {
        this.pattern = Util.fixNull(pattern).strip();
    }

    @Override
    public TagPolicy toPolicy() {
        return TagPolicy.regex(getPattern(), sort(), filter());
    }

    public String getPattern() {
        return Util.fixNull(pattern);
    }

    public String getSort() {
        return name(sort());
    }

    /** Null-safe: a configuration that was sent as XML may not have it. */
    private TagSort sort() {
        return Objects.requireNonNullElse(sort, TagSort.NUMERIC);
    }

    @DataBoundSetter
    public void setSort(String sort) {
        this.sort = Arrays.stream(TagSort.values())
                .filter(known -> name(known).equals(sort))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.RegexTags_Sort(
                        sort,
                        Arrays.stream(TagSort.values()).map(RegexTags::name).collect(Collectors.joining(", ")))));
    }

    private static String name(TagSort sort) {
        return sort.name().toLowerCase(Locale.ROOT);
    }

    @Extension
    @Symbol("regex")
    public static final class DescriptorImpl extends TagSelectionDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RegexTags_DisplayName();
        }

        @POST
        public ListBoxModel doFillSortItems() {
            ListBoxModel choices = new ListBoxModel();
            Arrays.stream(TagSort.values()).forEach(sort -> choices.add(name(sort)));
            return choices;
        }

        @POST
        public FormValidation doCheckPattern(@QueryParameter String value) {
            return check(() -> TagPolicy.regex(Util.fixNull(value).strip(), TagSort.NUMERIC, TagFilter.none()));
        }

        @Override
        protected TagSelection read(StaplerRequest2 form) {
            RegexTags tags = new RegexTags(form.getParameter("pattern"));
            tags.setSort(form.getParameter("sort"));
            return tags;
        }
    }
}
