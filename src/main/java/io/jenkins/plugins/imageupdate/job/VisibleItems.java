package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * Finds items that the current user may see. Jenkins throws an exception for an item that the user may only discover
 * ({@link Item#DISCOVER}); here such an item is not found, as any other that the user may not see.
 */
public final class VisibleItems {
    private VisibleItems() {}

    /** @param name relative to another item, or absolute with a slash before it */
    @CheckForNull
    public static Item of(String name, Item from) {
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
