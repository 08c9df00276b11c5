// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the cloud's Python runtime brings along and a plain interpreter does not: boto3, and the X-Ray SDK that the recipe
 * imports.
 *
 * @param folder the virtual environment
 */
record PythonLayer(Path folder) {
    static final List<String> PACKAGES = List.of("boto3", "aws-xray-sdk");

    private static final String VERSIONS =
            "import sys, boto3, aws_xray_sdk.version as x; print(sys.version.split()[0], boto3.__version__, x.VERSION)";

    static PythonLayer under(Path home) {
        return new PythonLayer(home.resolve(".clew").resolve("layers").resolve("python"));
    }

    Path interpreter() {
        return folder.resolve("bin").resolve("python");
    }

    boolean exists() {
        return Files.isExecutable(interpreter());
    }

    /** Versions of Python, boto3 and the X-Ray SDK as {@code interpreter} sees them; nothing if it lacks one. */
    static Optional<String> versions(String interpreter) throws InterruptedException {
        return Programs.output(List.of(interpreter, "-c", VERSIONS)).map(text -> {
            var parts = text.lines().toList().getLast().split(" ");
            return parts.length < 3 ? text : parts[0] + " with boto3 " + parts[1] + ", aws_xray_sdk " + parts[2];
        });
    }
}
