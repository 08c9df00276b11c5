// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.gateway.api.MethodSetting;
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
        @Nullable TokenBucket throttle,
        Logging logging) {

    /**
     * What goes to the execution log.
     *
     * @param errors whether requests that fail are told of
     * @param all whether the others are, too
     * @param data whether parameters and bodies are shown
     */
    record Logging(boolean errors, boolean all, boolean data) {
        static final Logging OFF = new Logging(false, false, false);

        static Logging of(@Nullable MethodSetting setting) {
            if (setting == null || setting.loggingLevel() == null) {
                return OFF;
            }
            boolean all = setting.loggingLevel().equals("INFO");
            return new Logging(
                    all || setting.loggingLevel().equals("ERROR"),
                    all,
                    Boolean.TRUE.equals(setting.dataTraceEnabled()));
        }
    }

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
