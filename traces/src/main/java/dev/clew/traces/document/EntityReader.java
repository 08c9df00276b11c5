// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one entity and those inside it. The parser's own limits bound depth and size. */
final class EntityReader {
    private static final int MAX_TEXT = 250;

    private EntityReader() {}

    /** @param in stands at the entity's START_OBJECT; afterwards at its END_OBJECT */
    static EntityDraft read(JsonParser in) {
        var draft = new EntityDraft();
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var token = in.nextToken();
            switch (name) {
                case "id" -> draft.id = required(in, token);
                case "trace_id" -> draft.traceId = required(in, token);
                case "parent_id" -> draft.parentId = required(in, token);
                case "name" -> draft.name = required(in, token);
                case "start_time" -> {
                    draft.hasStart = token != JsonToken.VALUE_NULL;
                    draft.start = seconds(in, token);
                }
                case "end_time" -> {
                    draft.hasEnd = token != JsonToken.VALUE_NULL;
                    draft.end = seconds(in, token);
                }
                case "in_progress" -> draft.inProgress = flag(in, token);
                case "type" -> draft.subsegmentType = "subsegment".equals(text(in, token));
                case "error" -> draft.error = flag(in, token);
                case "throttle" -> draft.throttle = flag(in, token);
                case "fault" -> draft.fault = flag(in, token);
                case "traced" -> draft.traced |= flag(in, token);
                case "namespace" -> draft.namespace = namespace(text(in, token));
                case "origin" -> draft.origin = text(in, token);
                case "resource_arn" -> draft.resourceArn = text(in, token);
                case "user" -> draft.user = text(in, token);
                case "http" -> BlockReader.http(in, token, draft);
                case "aws" -> BlockReader.aws(in, token, draft);
                case "sql" -> draft.sql = notEmpty(in, token);
                case "cause" -> draft.cause = BlockReader.cause(in, token);
                case "annotations" -> BlockReader.annotations(in, token, draft);
                case "links" -> draft.linkedFromParent = BlockReader.linkedFromParent(in, token);
                case "subsegments" -> subsegments(in, token, draft);
                default -> in.skipChildren();
            }
        }
        return draft;
    }

    private static void subsegments(JsonParser in, JsonToken token, EntityDraft draft) {
        if (token != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        draft.subsegments = new ArrayList<>();
        for (var element = in.nextToken(); element != JsonToken.END_ARRAY; element = in.nextToken()) {
            if (element == JsonToken.START_OBJECT) {
                draft.subsegments.add(read(in));
            } else {
                in.skipChildren();
            }
        }
    }

    /** A member that must be a text if it is there at all. */
    private static @Nullable String required(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return in.getString();
        }
        in.skipChildren();
        return token == JsonToken.VALUE_NULL ? null : EntityDraft.WRONG_TYPE;
    }

    /** A text cut to what the format allows, or null if it is something else. */
    static @Nullable String text(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return cut(in.getString(), MAX_TEXT);
        }
        in.skipChildren();
        return null;
    }

    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    static boolean flag(JsonParser in, JsonToken token) {
        in.skipChildren();
        return token == JsonToken.VALUE_TRUE;
    }

    private static double seconds(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            return in.getDoubleValue();
        }
        in.skipChildren();
        return Double.NaN;
    }

    private static @Nullable String namespace(@Nullable String text) {
        return "aws".equals(text) || "remote".equals(text) ? text : null;
    }

    private static boolean notEmpty(JsonParser in, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            return false;
        }
        boolean any = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            any = true;
            in.nextToken();
            in.skipChildren();
        }
        return any;
    }
}
