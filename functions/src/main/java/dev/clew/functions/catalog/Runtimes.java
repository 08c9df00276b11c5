// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import dev.clew.functions.api.LambdaErrors;
import dev.clew.wire.ServiceException;
import java.util.List;
import java.util.Set;

/** Which runtime identifiers a function may be created with. Whether one can be run here shows when it is invoked. */
final class Runtimes {
    private static final List<String> SUPPORTED = List.of(
            "python3.9",
            "python3.10",
            "python3.11",
            "python3.12",
            "python3.13",
            "python3.14",
            "nodejs18.x",
            "nodejs20.x",
            "nodejs22.x",
            "nodejs24.x",
            "java8.al2",
            "java11",
            "java17",
            "java21",
            "java25",
            "dotnet8",
            "ruby3.2",
            "ruby3.3",
            "ruby3.4",
            "provided.al2",
            "provided.al2023");
    private static final Set<String> RETIRED = Set.of(
            "nodejs",
            "nodejs4.3",
            "nodejs4.3-edge",
            "nodejs6.10",
            "nodejs8.10",
            "nodejs10.x",
            "nodejs12.x",
            "nodejs14.x",
            "nodejs16.x",
            "python2.7",
            "python3.6",
            "python3.7",
            "python3.8",
            "java8",
            "dotnetcore1.0",
            "dotnetcore2.0",
            "dotnetcore2.1",
            "dotnetcore3.1",
            "dotnet6",
            "go1.x",
            "ruby2.5",
            "ruby2.7",
            "provided");

    private Runtimes() {}

    /** @throws ServiceException unless functions may be created with {@code runtime} */
    static void check(String runtime) {
        if (RETIRED.contains(runtime)) {
            throw LambdaErrors.invalidParameterValueException("The runtime parameter of " + runtime
                    + " is no longer supported for creating or updating AWS Lambda functions. "
                    + "We recommend you use a supported runtime while creating or updating functions.");
        }
        if (!SUPPORTED.contains(runtime)) {
            throw LambdaErrors.invalidParameterValueException("Value " + runtime
                    + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: " + SUPPORTED
                    + " or be a valid ARN");
        }
    }
}
