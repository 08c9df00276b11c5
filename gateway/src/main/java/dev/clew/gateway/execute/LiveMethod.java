// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One deployed method. Only its bucket changes.
 *
 * @param resourcePath template of the path
 * @param required names of parameters without which requests are refused: {@code method.request.header.Name}
 * @param throttle null if the method has no limit of its own
 */
record LiveMethod(
        String resourceId,
        String resourcePath,
        LiveIntegration integration,
        List<String> required,
        @Nullable TokenBucket throttle) {
    /**
     * One deployed resource.
     *
     * @param methods by verb, {@code ANY} among them
     */
    record Resource(Map<String, LiveMethod> methods) {
        /** The method for a verb, or null. */
        @Nullable
        LiveMethod method(String verb) {
            var method = methods.get(verb);
            return method == null ? methods.get("ANY") : method;
        }
    }
}
