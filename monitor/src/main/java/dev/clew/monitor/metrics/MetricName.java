// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.metrics;

import dev.clew.core.Scope;
import dev.clew.core.metric.MetricSink;
import dev.clew.monitor.api.cloudwatch.Dimension;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What names one metric: there is no relation between metrics that differ in a dimension.
 *
 * @param dimensions in the order of their names
 */
public record MetricName(Scope scope, String namespace, String name, List<Dimension> dimensions) {
    private static final char SEPARATOR = '\u0000';

    public MetricName {
        dimensions = dimensions.stream()
                .sorted(Comparator.comparing(Dimension::name))
                .toList();
    }

    /** With the dimensions of a request, where none is the same as an empty list. */
    public static MetricName of(Scope scope, String namespace, String name, @Nullable List<Dimension> dimensions) {
        return new MetricName(scope, namespace, name, dimensions == null ? List.of() : dimensions);
    }

    static MetricName of(MetricSink.Source source, String name) {
        var dimensions = source.dimensions().entrySet().stream()
                .map(entry -> new Dimension(entry.getKey(), entry.getValue()))
                .toList();
        return new MetricName(source.scope(), source.namespace(), name, dimensions);
    }

    /** Value of a dimension, or null. */
    public @Nullable String dimension(String wanted) {
        return dimensions.stream()
                .filter(dimension -> dimension.name().equals(wanted))
                .map(Dimension::value)
                .findFirst()
                .orElse(null);
    }

    /** The dimensions by name. */
    public Map<String, String> dimensionMap() {
        var map = new java.util.LinkedHashMap<String, String>();
        dimensions.forEach(dimension -> map.put(dimension.name(), dimension.value()));
        return map;
    }

    /** The key under which it is stored; the order of keys is that of namespace, name and dimensions. */
    String key() {
        var key = new StringBuilder(prefix(scope))
                .append(namespace)
                .append(SEPARATOR)
                .append(name)
                .append(SEPARATOR);
        for (var dimension : dimensions) {
            key.append(dimension.name())
                    .append(SEPARATOR)
                    .append(dimension.value())
                    .append(SEPARATOR);
        }
        return key.toString();
    }

    /** How the keys of {@code scope} begin. */
    static String prefix(Scope scope) {
        return scope.key() + SEPARATOR;
    }
}
