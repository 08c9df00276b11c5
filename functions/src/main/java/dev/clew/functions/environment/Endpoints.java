// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

/**
 * Addresses that functions are given, known once the listeners are open.
 *
 * @param apiUrl base address of the AWS API: {@code AWS_ENDPOINT_URL}
 * @param runtimeApi {@code host:port} of the listener that serves {@link Environments#runtimeApi}
 * @param daemon {@code host:port} of the X-Ray daemon
 */
public record Endpoints(String apiUrl, String runtimeApi, String daemon) {}
