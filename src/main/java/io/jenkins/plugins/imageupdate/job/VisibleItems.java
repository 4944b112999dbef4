package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * Items that the current user may see. Jenkins throws an exception where somebody may know that an item is there ({@link Item#DISCOVER})
 * but not see it; here they are told no more than others, and a page goes on without it.
 */
public final class VisibleItems {
    private VisibleItems() {}

    /** @param name relative to another item, or absolute with a slash before it */
    @CheckForNull
    static Item of(String name, Item from) {
        try {
            return Jenkins.get().getItem(name, from, Item.class);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    @CheckForNull
    public static Job<?, ?> job(String fullName) {
        try {
            return Jenkins.get().getItemByFullName(fullName, Job.class);
        } catch (AccessDeniedException e) {
            return null;
        }
    }
}
