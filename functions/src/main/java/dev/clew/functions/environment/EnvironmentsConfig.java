// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How execution environments are made.
 *
 * @param folder for temporary folders and our bootstraps; made if absent
 * @param defaultLayer whether Python functions find boto3 and the X-Ray SDK without packing them
 * @param pythonLayer where these are if the interpreter itself has none: a folder of packages
 * @param strictRuntime whether an interpreter of another version than the runtime's name is refused
 * @param javaRuntime the jars of the Java runtime interface client; empty if Java functions cannot run
 * @param javaExecutable that runs Java functions
 * @param serverEnvironment the server's own variables: only PATH is read, to find interpreters; none is handed on
 */
public record EnvironmentsConfig(
        Path folder,
        boolean defaultLayer,
        Path pythonLayer,
        boolean strictRuntime,
        List<Path> javaRuntime,
        Path javaExecutable,
        Map<String, String> serverEnvironment) {
    public EnvironmentsConfig {
        javaRuntime = List.copyOf(javaRuntime);
        serverEnvironment = Map.copyOf(serverEnvironment);
    }
}
