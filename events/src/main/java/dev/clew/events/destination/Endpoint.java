// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.destination;

import dev.clew.events.bus.Invalid;
import java.net.URI;
import java.net.URISyntaxException;

/** The checks of URLs that a model cannot say. */
final class Endpoint {
    private Endpoint() {}

    /** @throws dev.clew.wire.ServiceException that names {@code parameter} unless {@code text} can be called */
    static String checked(String parameter, String text, boolean local) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw notValid(parameter, "it is not a URL.");
        }
        var scheme = uri.getScheme();
        boolean secure = "https".equalsIgnoreCase(scheme);
        if (!secure && !(local && "http".equalsIgnoreCase(scheme))) {
            throw notValid(parameter, local ? "its scheme is not http or https." : "its scheme is not https.");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw notValid(parameter, "it has no valid host.");
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw notValid(parameter, "it must not have a user or a fragment.");
        }
        return text;
    }

    /** What may be told of a URL: queries hold keys. */
    static String withoutQuery(String endpoint) {
        int mark = endpoint.indexOf('?');
        return mark < 0 ? endpoint : endpoint.substring(0, mark);
    }

    private static RuntimeException notValid(String parameter, String reason) {
        return Invalid.request("Parameter " + parameter + " is not valid. Reason: " + reason);
    }
}
