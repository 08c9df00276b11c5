// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.wire.shape.Structure;

/**
 * A modelled operation that can be bound: generated.
 *
 * @param name for example {@code PutTraceSegments}
 * @param method HTTP method
 * @param uri path with labels ({@code /restapis/{restapi_id}}), maybe with fixed query parameters
 * @param status HTTP status of success
 */
public record OperationModel<I, O>(
        String name, String method, String uri, int status, Structure<I> input, Structure<O> output) {}
