package io.jenkins.plugins.imageupdate.harness;

import hudson.init.Initializer;
import hudson.util.PluginServletFilter;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.CanaryWatch;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

/** Searches all responses of the tests' Jenkins for canaries, with their headers; see {@link CanaryWatch}. */
public final class CanaryPages implements Filter {
    private static final String ENCODING = "Accept-Encoding";

    /** In every Jenkins that a test starts in its own process. */
    @Initializer
    public static void watch() throws ServletException {
        PluginServletFilter.addFilter(new CanaryPages());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        String path = asked.getRequestURI().substring(asked.getContextPath().length());
        if (path.startsWith("/static/") || path.startsWith("/adjuncts/") || asked.getHeader("Upgrade") != null) {
            chain.doFilter(request, response);
            return;
        }
        CopiedResponse copied = new CopiedResponse((HttpServletResponse) response);
        try {
            chain.doFilter(uncompressed(asked), copied);
        } finally {
            copied.contents().forEach(content -> Canaries.search("the answer to " + path, content));
        }
    }

    private static HttpServletRequest uncompressed(HttpServletRequest asked) {
        return new HttpServletRequestWrapper(asked) {
            @Override
            public String getHeader(String name) {
                return name.equalsIgnoreCase(ENCODING) ? null : super.getHeader(name);
            }

            @Override
            public Enumeration<String> getHeaders(String name) {
                return name.equalsIgnoreCase(ENCODING) ? Collections.emptyEnumeration() : super.getHeaders(name);
            }
        };
    }
}
