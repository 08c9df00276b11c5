// SPDX-License-Identifier: Apache-2.0
package dev.clew.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the configuration file: YAML whose nested keys join with dots, {@code events: {start-traces: false}}. */
final class ConfigFile {
    private ConfigFile() {}

    /** @throws IllegalArgumentException if it is not a YAML mapping of scalars */
    static Map<String, String> read(Path file) throws IOException {
        Object tree;
        try {
            tree = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(file + ": not YAML: " + e.getMessage(), e);
        }
        var settings = new LinkedHashMap<String, String>();
        if (tree != null) {
            flatten(file, "", tree, settings);
        }
        return settings;
    }

    private static void flatten(Path file, String prefix, @Nullable Object value, Map<String, String> into) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, nested) ->
                        flatten(file, prefix.isEmpty() ? String.valueOf(key) : prefix + '.' + key, nested, into));
            case String text -> into.put(prefix, text);
            case Number number -> into.put(prefix, number.toString());
            case Boolean flag -> into.put(prefix, flag.toString());
            case null, default ->
                throw new IllegalArgumentException(file + ": '" + prefix + "' (expected: a text, number or boolean)");
        }
    }
}
