// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import dev.clew.wire.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * Which API and stage a request is for, and the path below the stage. Forms:
 *
 * <ul>
 *   <li>{@code {api}.execute-api.{any domain}/{stage}/{path}}
 *   <li>{@code /_aws/execute-api/{api}/{stage}/{path}}
 *   <li>{@code /restapis/{api}/{stage}/_user_request_/{path}}
 * </ul>
 *
 * @param stage "" if the request names none
 * @param path still percent-encoded, begins with a slash
 */
record ApiAddress(String api, String stage, String path) {
    private static final String HOST_MARK = ".execute-api.";
    private static final String PATH_PREFIX = "/_aws/execute-api/";
    private static final String LEGACY_PREFIX = "/restapis/";
    private static final String LEGACY_MARK = "/_user_request_";

    /** The address in {@code request}, or nothing if it is not meant for an API. Never throws. */
    static Optional<ApiAddress> of(HttpRequest request) {
        var host = request.host().toLowerCase(Locale.ROOT);
        int mark = host.indexOf(HOST_MARK);
        if (mark > 0 && host.indexOf('.') == mark) {
            return Optional.of(below(host.substring(0, mark), request.path()));
        }
        var path = request.path();
        if (path.startsWith(PATH_PREFIX)) {
            int end = end(path, PATH_PREFIX.length());
            return Optional.of(below(path.substring(PATH_PREFIX.length(), end), path.substring(end)));
        }
        return path.startsWith(LEGACY_PREFIX) ? legacy(path) : Optional.empty();
    }

    private static Optional<ApiAddress> legacy(String path) {
        int apiEnd = end(path, LEGACY_PREFIX.length());
        int stageEnd = end(path, Math.min(apiEnd + 1, path.length()));
        int markEnd = stageEnd + LEGACY_MARK.length();
        if (!path.startsWith(LEGACY_MARK, stageEnd) || markEnd < path.length() && path.charAt(markEnd) != '/') {
            return Optional.empty();
        }
        return Optional.of(new ApiAddress(
                path.substring(LEGACY_PREFIX.length(), apiEnd),
                path.substring(apiEnd + 1, stageEnd),
                rest(path, markEnd)));
    }

    private static ApiAddress below(String api, String path) {
        int stageEnd = end(path, Math.min(1, path.length()));
        return new ApiAddress(api, path.isEmpty() ? "" : path.substring(1, stageEnd), rest(path, stageEnd));
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    private static String rest(String path, int from) {
        return from >= path.length() ? "/" : path.substring(from);
    }
}
