package org.tidings.rest.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A filter or servlet as a server has it: what it supports stands in what the registration is made of. */
final class FakeRegistration implements FilterRegistration, ServletRegistration {
    /** What knows it. */
    public record Definition(boolean isAsyncSupported) {}

    private final String name;
    private final Object definition;
    private final List<String> patterns;
    private final List<String> servlets;

    FakeRegistration(String name, Object definition, List<String> patterns, List<String> servlets) {
        this.name = name;
        this.definition = definition;
        this.patterns = patterns;
        this.servlets = servlets;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getClassName() {
        return definition.getClass().getName();
    }

    @Override
    public Collection<String> getUrlPatternMappings() {
        return patterns;
    }

    @Override
    public Collection<String> getMappings() {
        return patterns;
    }

    @Override
    public Collection<String> getServletNameMappings() {
        return servlets;
    }

    @Override
    public boolean setInitParameter(String key, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getInitParameter(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> setInitParameters(Map<String, String> parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> getInitParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addMappingForServletNames(EnumSet<DispatcherType> types, boolean after, String... names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addMappingForUrlPatterns(EnumSet<DispatcherType> types, boolean after, String... more) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> addMapping(String... more) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getRunAsRole() {
        throw new UnsupportedOperationException();
    }
}
