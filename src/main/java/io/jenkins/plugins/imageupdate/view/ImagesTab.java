package io.jenkins.plugins.imageupdate.view;

import hudson.model.Actionable;
import hudson.model.Api;
import jenkins.model.Tab;

/** The page "Image updates" of a job or a build, with a remote API. */
public abstract class ImagesTab extends Tab {
    private static final String URL = "image-updates";

    ImagesTab(Actionable owner) {
        super(owner);
    }

    @Override
    public final String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public final String getDisplayName() {
        return Messages.JobImagesAction_DisplayName();
    }

    @Override
    public final String getUrlName() {
        return URL;
    }

    public final Api getApi() {
        return new Api(this);
    }
}
