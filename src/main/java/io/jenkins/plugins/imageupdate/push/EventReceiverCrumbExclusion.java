package io.jenkins.plugins.imageupdate.push;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Senders of push events have no session, so they cannot have a crumb. Each request proves its source instead. */
@Extension
public final class EventReceiverCrumbExclusion extends CrumbExclusion {
    private static final String PATH = "/" + EventReceiver.URL + "/";

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        if (path == null || !path.startsWith(PATH)) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
