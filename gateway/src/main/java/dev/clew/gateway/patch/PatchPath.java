// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.patch;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON pointer, split and decoded: {@code /binaryMediaTypes/image~1png} is {@code [binaryMediaTypes, image/png]}.
 *
 * @param text as sent
 * @param tokens decoded
 */
public record PatchPath(String text, List<String> tokens) {
    private static final int MAX_TOKENS = 32;

    public PatchPath {
        tokens = List.copyOf(tokens);
    }

    /** @throws dev.clew.wire.ServiceException BadRequestException unless it begins with a slash and names something */
    public static PatchPath parse(String text) {
        if (!text.startsWith("/") || text.length() == 1) {
            throw badRequestException("Invalid patch path " + text);
        }
        var tokens = new ArrayList<String>();
        for (var token : text.substring(1).split("/", -1)) {
            tokens.add(decode(token));
        }
        if (tokens.size() > MAX_TOKENS) {
            throw badRequestException("Invalid patch path " + text);
        }
        return new PatchPath(text, tokens);
    }

    /** A token as a JSON pointer spells it. */
    public static String encode(String token) {
        return token.replace("~", "~0").replace("/", "~1");
    }

    /** What a JSON pointer's token stands for. */
    public static String decode(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    /** Whether {@code template} fits: equal tokens, any text where the template has {@code {name}}. */
    boolean fits(PatchPath template) {
        if (template.tokens.size() != tokens.size()) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            var expected = template.tokens.get(i);
            if (!expected.startsWith("{") && !expected.equals(tokens.get(i))) {
                return false;
            }
        }
        return true;
    }
}
