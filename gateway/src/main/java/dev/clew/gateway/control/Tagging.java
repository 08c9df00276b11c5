// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.control;

import static dev.clew.gateway.api.ApigatewayErrors.badRequestException;
import static dev.clew.gateway.api.ApigatewayErrors.notFoundException;

import dev.clew.core.Arn;
import dev.clew.gateway.api.GetTagsRequest;
import dev.clew.gateway.api.RestApi;
import dev.clew.gateway.api.Stage;
import dev.clew.gateway.api.TagResourceRequest;
import dev.clew.gateway.api.Tags;
import dev.clew.gateway.api.UntagResourceRequest;
import dev.clew.gateway.definition.ApiKey;
import dev.clew.gateway.definition.Definitions;
import dev.clew.gateway.definition.Members;
import dev.clew.wire.Call;
import dev.clew.wire.shape.Unit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tags of APIs and stages, by ARN: {@code arn:aws:apigateway:{region}::/restapis/{id}[/stages/{name}]}. */
final class Tagging {
    private static final Pattern RESOURCE = Pattern.compile("/restapis/([^/]+)(?:/stages/([^/]+))?");
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    private final Definitions definitions;

    Tagging(Definitions definitions) {
        this.definitions = definitions;
    }

    private record Tagged(ApiKey api, @Nullable String stage) {}

    Unit tag(TagResourceRequest input, Call call) {
        return change(input.resourceArn(), call, tags -> {
            var more = new TreeMap<>(tags);
            more.putAll(input.tags());
            return more;
        });
    }

    Unit untag(UntagResourceRequest input, Call call) {
        return change(input.resourceArn(), call, tags -> {
            var fewer = new TreeMap<>(tags);
            input.tagKeys().forEach(fewer::remove);
            return fewer;
        });
    }

    Tags get(GetTagsRequest input, Call call) {
        return new Tags(tags(tagged(input.resourceArn(), call)));
    }

    /** @throws dev.clew.wire.ServiceException BadRequestException if there are too many, or a key or value is too long */
    static void check(@Nullable Map<String, String> tags) {
        if (tags == null) {
            return;
        }
        if (tags.size() > MAX_TAGS) {
            throw badRequestException("tags: " + tags.size() + " (expected: at most " + MAX_TAGS + ")");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > MAX_KEY || value.length() > MAX_VALUE) {
                throw badRequestException("Invalid tag '" + key + "' (expected: a key of 1 to " + MAX_KEY
                        + " characters and a value of at most " + MAX_VALUE + ")");
            }
            if (key.startsWith("aws:")) {
                throw badRequestException("Invalid tag '" + key + "': keys that begin with aws: are reserved");
            }
        });
    }

    private Unit change(String arn, Call call, UnaryOperator<Map<String, String>> edit) {
        var tagged = tagged(arn, call);
        return definitions.exclusively(() -> {
            var tags = edit.apply(tags(tagged));
            check(tags);
            var change = definitions.change();
            if (tagged.stage == null) {
                var definition = definitions.api(tagged.api);
                change.put(tagged.api, definition.withApi(Members.with(RestApi.SHAPE, definition.api(), "tags", tags)));
            } else {
                var stage = definitions.stage(tagged.api, tagged.stage);
                change.put(tagged.api, Members.with(Stage.SHAPE, stage, "tags", tags));
            }
            change.commit();
            return Unit.VALUE;
        });
    }

    private Map<String, String> tags(Tagged tagged) {
        var definition = definitions.api(tagged.api);
        var tags = tagged.stage == null
                ? definition.api().tags()
                : definitions.stage(tagged.api, tagged.stage).tags();
        return Objects.requireNonNullElse(tags, Map.of());
    }

    private static Tagged tagged(String text, Call call) {
        var arn = Arn.parse(text)
                .filter(parsed -> parsed.service().equals("apigateway"))
                .orElseThrow(() -> badRequestException("Invalid ARN specified in the request"));
        var path = RESOURCE.matcher(arn.resource());
        if (!path.matches() || !arn.region().equals(call.scope().region())) {
            throw notFoundException("Invalid resource ARN specified: " + text);
        }
        return new Tagged(new ApiKey(call.scope(), path.group(1)), path.group(2));
    }
}
