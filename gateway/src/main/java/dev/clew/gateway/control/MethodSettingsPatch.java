// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import dev.clew.gateway.api.MethodSetting;
import dev.clew.gateway.api.PatchOperation;
import dev.clew.gateway.patch.Patch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Patch operations on a stage's method settings: {@code /{resourcePath}/{httpMethod}/{setting}}, where the resource path
 * spells its slashes {@code ~1} and both may be {@code *}.
 *
 * @param method key of the settings: {@code *}{@code /*} or {@code ~1orders/POST}
 * @param member of {@link MethodSetting} that changes, or "" for all of them
 */
record MethodSettingsPatch(String method, String member, PatchOperation operation) {
    /** Where each setting is found in the record, by the end of its path; in the order of the service's own list. */
    static final Map<String, String> MEMBERS = new LinkedHashMap<>();

    static {
        MEMBERS.put("metrics/enabled", "metricsEnabled");
        MEMBERS.put("logging/dataTrace", "dataTraceEnabled");
        MEMBERS.put("logging/loglevel", "loggingLevel");
        MEMBERS.put("throttling/burstLimit", "throttlingBurstLimit");
        MEMBERS.put("throttling/rateLimit", "throttlingRateLimit");
        MEMBERS.put("caching/ttlInSeconds", "cacheTtlInSeconds");
        MEMBERS.put("caching/enabled", "cachingEnabled");
        MEMBERS.put("caching/dataEncrypted", "cacheDataEncrypted");
        MEMBERS.put("caching/requireAuthorizationForCacheControl", "requireAuthorizationForCacheControl");
        MEMBERS.put("caching/unauthorizedCacheControlHeaderStrategy", "unauthorizedCacheControlHeaderStrategy");
    }

    private static final Pattern METHOD = Pattern.compile("/.+/(\\*|[A-Z]+)");
    private static final Patch<MethodSetting> PATCH = Patch.of(MethodSetting.SHAPE)
            .edit(MEMBERS.values().stream().map(member -> '/' + member).toArray(String[]::new))
            .build();
    private static final MethodSetting DEFAULTS = MethodSetting.builder()
            .cacheDataEncrypted(false)
            .cacheTtlInSeconds(300)
            .cachingEnabled(false)
            .dataTraceEnabled(false)
            .metricsEnabled(false)
            .requireAuthorizationForCacheControl(true)
            .throttlingBurstLimit(5_000)
            .throttlingRateLimit(10_000.0)
            .unauthorizedCacheControlHeaderStrategy("SUCCEED_WITH_RESPONSE_HEADER")
            .build();

    /** The operation, if it is one on method settings. */
    static Optional<MethodSettingsPatch> of(PatchOperation operation) {
        var path = Objects.requireNonNullElse(operation.path(), "");
        for (var setting : MEMBERS.entrySet()) {
            var end = '/' + setting.getKey();
            if (path.endsWith(end)) {
                return method(path.substring(0, path.length() - end.length()))
                        .map(method -> new MethodSettingsPatch(method, setting.getValue(), operation));
            }
        }
        return "remove".equals(operation.op())
                ? method(path).map(method -> new MethodSettingsPatch(method, "", operation))
                : Optional.empty();
    }

    private static Optional<String> method(String path) {
        return METHOD.matcher(path).matches() ? Optional.of(path.substring(1)) : Optional.empty();
    }

    /** {@code settings} with the operation applied; the first setting of a method brings the defaults of the others. */
    Map<String, MethodSetting> apply(Map<String, MethodSetting> settings) {
        var changed = new LinkedHashMap<>(settings);
        var current = settings.get(method);
        boolean removes = "remove".equals(operation.op());
        if (removes && current == null) {
            // the blank at the end is the service's own
            throw badRequestException(
                    "Cannot remove method setting " + method + " because there is no method setting for this method ");
        }
        if (member.isEmpty()) {
            changed.remove(method);
            return changed;
        }
        var before = current == null ? DEFAULTS : current;
        var verb = "add".equals(operation.op()) ? "replace" : operation.op();
        var patched = PATCH.apply(before, new PatchOperation(verb, '/' + member, operation.value(), null));
        check(patched);
        changed.put(method, patched);
        return changed;
    }

    private static void check(MethodSetting setting) {
        var level = setting.loggingLevel();
        if (level != null && !level.equals("OFF") && !level.equals("ERROR") && !level.equals("INFO")) {
            throw badRequestException("Invalid logging level '" + level + "' (expected: OFF, ERROR or INFO)");
        }
        var ttl = setting.cacheTtlInSeconds();
        if (ttl != null && (ttl < 0 || ttl > 3_600)) {
            throw badRequestException("Invalid cache TTL " + ttl + " (expected: 0 to 3600)");
        }
        var burst = setting.throttlingBurstLimit();
        if (burst != null && burst < -1) {
            throw badRequestException("Invalid throttling burst limit " + burst + " (expected: -1 or more)");
        }
        var rate = setting.throttlingRateLimit();
        if (rate != null && rate < 0 && rate != -1) {
            throw badRequestException("Invalid throttling rate limit " + rate + " (expected: -1, or 0 or more)");
        }
    }
}
