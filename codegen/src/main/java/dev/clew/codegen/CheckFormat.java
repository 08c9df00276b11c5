// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks ({@code --check}) or makes ({@code --fix}) the format of every Java source below a folder: palantir-java-format, imports
 * sorted and used, an SPDX line on top.
 *
 * <p>Arguments: {@code --check|--fix folder…}. A program of ours and not a Maven plugin, since plugins run in Maven's own JDK,
 * and the formatter must run in one that knows the syntax of the sources.
 */
public final class CheckFormat {
    private static final String LICENSE = "// SPDX-License-Identifier: Apache-2.0\n";

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());
    private final boolean fix;
    private final List<String> problems = new ArrayList<>();

    private CheckFormat(boolean fix) {
        this.fix = fix;
    }

    /** Entry point; see the class. Exits with 1 if anything is amiss. */
    public static void main(String[] arguments) throws IOException {
        var folders = new ArrayList<>(List.of(arguments));
        folders.remove("--check");
        var check = new CheckFormat(folders.remove("--fix"));
        for (var folder : folders) {
            try (var files = Files.walk(Path.of(folder))) {
                for (var file : sources(files)) {
                    check.check(file);
                }
            }
        }
        if (!check.problems.isEmpty()) {
            check.problems.forEach(System.err::println);
            System.err.println(check.problems.size() + " files; mend them with ./clew format");
            System.exit(1);
        }
    }

    private static List<Path> sources(Stream<Path> files) {
        return files.filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().contains("/target/"))
                .sorted()
                .toList();
    }

    private void check(Path file) throws IOException {
        var text = Files.readString(file);
        String formatted;
        try {
            formatted = formatter.formatSourceAndFixImports(text.startsWith(LICENSE) ? text : LICENSE + text);
        } catch (FormatterException e) {
            problems.add(file + ": " + e.getMessage());
            return;
        }
        if (formatted.equals(text)) {
            return;
        }
        if (fix) {
            Files.writeString(file, formatted);
        } else {
            problems.add(file + ": not formatted");
        }
    }
}
