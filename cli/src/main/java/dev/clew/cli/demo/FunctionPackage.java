// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.demo;

import dev.clew.cli.ExitCodes;
import dev.clew.cli.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The zip with the four functions, as it lies beside this program. */
final class FunctionPackage {
    private static final String PROPERTY = "clew.examples";
    private static final String FOLDER = "examples";
    private static final String FILE = "order-system.jar";

    private FunctionPackage() {}

    /** Its bytes: of the file or folder that the property {@code clew.examples} names, else of {@code ../examples/order-system.jar}. */
    static byte[] read() {
        var file = file();
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Problem(
                    "The order system's functions are not at " + file + ".",
                    "Build them with the whole project, or name their jar with -D" + PROPERTY + "=FILE.",
                    ExitCodes.FAILED,
                    e);
        }
    }

    private static Path file() {
        var named = System.getProperty(PROPERTY);
        if (named != null) {
            var place = Path.of(named);
            return Files.isDirectory(place) ? place.resolve(FILE) : place;
        }
        try {
            var here = Path.of(FunctionPackage.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return here.resolveSibling("..").resolve(FOLDER).resolve(FILE).normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program's own place is no path", e);
        }
    }
}
