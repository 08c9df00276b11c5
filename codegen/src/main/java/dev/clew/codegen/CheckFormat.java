// SPDX-License-Identifier: Apache-2.0
package dev.clew.codegen;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Checks ({@code --check}) or makes ({@code --fix}) the format of every Java source below a folder: palantir-java-format, imports
 * sorted and used, an SPDX line on top.
 *
 * <p>Arguments: {@code --check|--fix stamp folder…}. Only files changed since the file {@code stamp} was written are looked
 * at; it is written anew when all is well. A program of ours and not a Maven plugin, since plugins run in Maven's own JDK, and
 * the formatter must run in one that knows the syntax of the sources.
 */
public final class CheckFormat {
    private static final String LICENSE = "// SPDX-License-Identifier: Apache-2.0\n";
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());
    private final boolean fix;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();

    private CheckFormat(boolean fix) {
        this.fix = fix;
    }

    /** Entry point; see the class. Exits with 1 if anything is amiss. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3 || !Set.of("--check", "--fix").contains(arguments[0])) {
            throw new IllegalArgumentException("expected: --check or --fix, a stamp file, and folders");
        }
        var check = new CheckFormat(arguments[0].equals("--fix"));
        var stamp = Path.of(arguments[1]);
        var begin = FileTime.from(Instant.now());
        var since = Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);
        for (var folder : List.of(arguments).subList(2, arguments.length)) {
            changed(Path.of(folder), since).parallelStream().forEach(check::check);
        }
        if (!check.problems.isEmpty()) {
            check.problems.stream().sorted().forEach(System.err::println);
            System.err.println(check.problems.size() + " files; mend them with ./clew format");
            System.exit(1);
        }
        Files.createDirectories(stamp.toAbsolutePath().getParent());
        Files.writeString(stamp, "");
        Files.setLastModifiedTime(stamp, begin);
    }

    private static List<Path> changed(Path folder, FileTime since) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NOT_OURS.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")
                        && attributes.lastModifiedTime().compareTo(since) >= 0) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private void check(Path file) {
        try {
            check(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Path file, String text) throws IOException {
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
