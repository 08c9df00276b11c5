// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import dev.clew.traces.document.Entity.Annotation;
import dev.clew.traces.document.Entity.Aws;
import dev.clew.traces.document.Entity.Cause;
import dev.clew.traces.document.Entity.Http;
import dev.clew.traces.document.Entity.Thrown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the blocks of an entity: {@code http}, {@code aws}, {@code cause}, {@code annotations}, {@code links}. */
final class BlockReader {
    private static final int MAX_ANNOTATION_KEY = 500;
    private static final int MAX_ANNOTATION_TEXT = 1_000;

    private BlockReader() {}

    static void http(JsonParser in, JsonToken token, EntityDraft draft) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        String url = null;
        String method = null;
        String userAgent = null;
        String clientIp = null;
        int status = -1;
        for (var block = in.nextName(); block != null; block = in.nextName()) {
            boolean known = block.equals("request") || block.equals("response");
            if (in.nextToken() != JsonToken.START_OBJECT || !known) {
                in.skipChildren();
                continue;
            }
            for (var name = in.nextName(); name != null; name = in.nextName()) { // no name occurs in both blocks
                var value = in.nextToken();
                switch (name) {
                    case "url" -> url = EntityReader.text(in, value);
                    case "method" -> method = EntityReader.text(in, value);
                    case "user_agent" -> userAgent = EntityReader.text(in, value);
                    case "client_ip" -> clientIp = EntityReader.text(in, value);
                    case "traced" -> draft.traced |= EntityReader.flag(in, value);
                    case "status" -> status = status(in, value);
                    default -> in.skipChildren();
                }
            }
        }
        draft.http = new Http(url, method, userAgent, clientIp, status);
    }

    private static int status(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            double value = in.getDoubleValue(); // a number of any length must not throw
            return value >= 0 && value < 1_000 ? (int) value : -1;
        }
        in.skipChildren();
        return -1;
    }

    static void aws(JsonParser in, JsonToken token, EntityDraft draft) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        String account = null;
        String instance = null;
        String ec2Zone = null;
        String ecsZone = null;
        String queueUrl = null;
        String functionName = null;
        String tableName = null;
        List<String> tables = List.of();
        List<String> resources = List.of();
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var value = in.nextToken();
            switch (name) {
                case "account_id" -> account = EntityReader.text(in, value);
                case "queue_url" -> queueUrl = EntityReader.text(in, value);
                case "function_name" -> functionName = EntityReader.text(in, value);
                case "table_name" -> tableName = EntityReader.text(in, value);
                case "table_names" -> tables = texts(in, value);
                case "resource_names" -> resources = texts(in, value);
                case "ec2" -> {
                    var ec2 = members(in, value, "instance_id", "availability_zone");
                    instance = ec2[0];
                    ec2Zone = ec2[1];
                }
                case "ecs" -> ecsZone = members(in, value, "availability_zone")[0];
                default -> in.skipChildren();
            }
        }
        draft.aws = new Aws(
                account,
                instance,
                ec2Zone == null ? ecsZone : ec2Zone,
                resources.isEmpty() ? null : resources.getFirst(),
                tableName == null && tables.size() == 1 ? tables.getFirst() : tableName,
                tables.size() > 1,
                queueUrl,
                functionName);
    }

    private static @Nullable String[] members(JsonParser in, JsonToken token, String... wanted) {
        var values = new @Nullable String[wanted.length];
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            return values;
        }
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var value = EntityReader.text(in, in.nextToken());
            for (int i = 0; i < wanted.length; i++) {
                values[i] = wanted[i].equals(name) ? value : values[i];
            }
        }
        return values;
    }

    private static List<String> texts(JsonParser in, JsonToken token) {
        var texts = new ArrayList<String>();
        if (token == JsonToken.VALUE_STRING) {
            texts.add(in.getString());
        } else if (token == JsonToken.START_ARRAY) {
            for (var element = in.nextToken(); element != JsonToken.END_ARRAY; element = in.nextToken()) {
                var text = EntityReader.text(in, element);
                if (text != null) {
                    texts.add(text);
                }
            }
        } else {
            in.skipChildren();
        }
        return texts;
    }

    /** A cause is a text (the id of an exception recorded elsewhere) or an object. */
    static Cause cause(JsonParser in, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return new Cause(EntityReader.text(in, token), List.of());
        }
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            return Cause.NONE;
        }
        var exceptions = new ArrayList<Thrown>();
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var value = in.nextToken();
            if (name.equals("exceptions") && value == JsonToken.START_ARRAY) {
                for (var element = in.nextToken(); element != JsonToken.END_ARRAY; element = in.nextToken()) {
                    if (element == JsonToken.START_OBJECT) {
                        exceptions.add(thrown(in));
                    } else {
                        in.skipChildren();
                    }
                }
            } else {
                in.skipChildren();
            }
        }
        return exceptions.isEmpty() ? Cause.NONE : new Cause(null, List.copyOf(exceptions));
    }

    private static Thrown thrown(JsonParser in) {
        String id = null;
        String type = null;
        String message = null;
        boolean remote = false;
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var value = in.nextToken();
            switch (name) {
                case "id" -> id = EntityReader.text(in, value);
                case "type" -> type = EntityReader.text(in, value);
                case "message" -> message = EntityReader.text(in, value);
                case "remote" -> remote = EntityReader.flag(in, value);
                default -> in.skipChildren();
            }
        }
        return new Thrown(id, type, message, remote);
    }

    static void annotations(JsonParser in, JsonToken token, EntityDraft draft) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        var annotations = new ArrayList<Annotation>();
        for (var key = in.nextName(); key != null; key = in.nextName()) {
            var value = annotationValue(in, in.nextToken());
            if (value != null && isAnnotationKey(key)) {
                annotations.add(new Annotation(key, value));
            }
        }
        draft.annotations = annotations;
    }

    private static @Nullable Object annotationValue(JsonParser in, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> EntityReader.cut(in.getString(), MAX_ANNOTATION_TEXT);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(in.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> {
                in.skipChildren();
                yield null;
            }
        };
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Letters, digits, underscore; also the point, colon and hyphen of newer producers and of AWS services. */
    private static boolean isAnnotationKey(String key) {
        if (key.isEmpty() || key.length() > MAX_ANNOTATION_KEY) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '.'
                    || c == ':'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    static boolean linkedFromParent(JsonParser in, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            in.skipChildren();
            return false;
        }
        boolean linked = false;
        for (var element = in.nextToken(); element != JsonToken.END_ARRAY; element = in.nextToken()) {
            if (element != JsonToken.START_OBJECT) {
                in.skipChildren();
                continue;
            }
            for (var name = in.nextName(); name != null; name = in.nextName()) {
                var value = in.nextToken();
                if (name.equals("attributes")) {
                    linked |= "parent".equals(members(in, value, "aws.xray.reserved.reference_type")[0]);
                } else {
                    in.skipChildren();
                }
            }
        }
        return linked;
    }
}
