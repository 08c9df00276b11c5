// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.filter;

import dev.clew.core.trace.TraceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Traces of few words, so that expressions of the same words often match. Used once per trace. */
public final class RandomTraces {
    public static final List<String> NAMES = List.of("api", "shop", "db@host", "fn");
    static final List<String> ORIGINS = List.of("AWS::Lambda", "AWS::EC2::Instance", "AWS::Lambda::Function");
    static final List<String> ACCOUNTS = List.of("111111111111", "222222222222");
    static final List<String> URLS = List.of("http://api/a", "http://api/b", "https://shop/a");
    static final List<String> USERS = List.of("alice", "bob", "carol");
    static final List<String> KEYS = List.of("age", "tier", "aws:api_id");
    static final List<Object> VALUES = List.of("gold", "3", 3, 4.5, true, false);
    static final List<String> MESSAGES = List.of("Access Denied", "timed out");
    static final List<Integer> STATUSES = List.of(200, 200, 200, 302, 404, 429, 500, 503);

    private final Random random;
    private final TraceId trace;
    private final List<String> documents = new ArrayList<>();
    private long nextId = 1;

    private RandomTraces(TraceId trace, Random random) {
        this.trace = trace;
        this.random = random;
    }

    /** The documents of one trace. */
    public static List<String> documents(TraceId trace, Random random) {
        var made = new RandomTraces(trace, random);
        var parent = random.nextInt(8) == 0 ? "ffffffffffffffff" : null;
        made.segment(parent, 0, 3_000_000, 3);
        return made.documents;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private ObjectNode entity(String name, long from, long to) {
        var entity = JsonMapper.shared().createObjectNode();
        entity.put("id", "%016x".formatted(nextId++));
        entity.put("name", name);
        entity.put("start_time", seconds(from));
        if (chance(4)) {
            entity.put("in_progress", true);
        } else {
            entity.put("end_time", seconds(Math.max(from, to)));
        }
        for (var flag : List.of("error", "throttle", "fault")) {
            if (chance(6)) {
                entity.put(flag, true);
                if (chance(50)) {
                    var thrown =
                            entity.putObject("cause").putArray("exceptions").addObject();
                    thrown.put("id", "%016x".formatted(nextId++));
                    thrown.put("type", any(NAMES));
                    thrown.put("message", any(MESSAGES));
                }
            }
        }
        if (chance(30)) {
            var annotations = entity.putObject("annotations");
            annotations.putPOJO(any(KEYS), any(VALUES));
        }
        return entity;
    }

    private BigDecimal seconds(long micros) {
        return BigDecimal.valueOf(trace.epochSecond() * 1_000_000 + micros, 6);
    }

    private void http(ObjectNode entity) {
        if (chance(60)) {
            var http = entity.putObject("http");
            if (chance(70)) {
                var request = http.putObject("request");
                request.put("url", any(URLS));
                request.put("method", any(List.of("GET", "POST")));
                if (chance(50)) {
                    request.put("user_agent", any(USERS));
                    request.put("client_ip", "10.0.0." + random.nextInt(3));
                }
            }
            if (chance(80)) {
                http.putObject("response").put("status", any(STATUSES));
            }
        }
    }

    private void segment(@Nullable String parent, long from, long to, int depth) {
        var segment = entity(any(NAMES), from, to);
        segment.put("trace_id", trace.text());
        if (parent != null) {
            segment.put("parent_id", parent);
        }
        if (chance(60)) {
            segment.put("origin", any(ORIGINS));
        }
        if (chance(40)) {
            segment.put("user", any(USERS));
        }
        if (chance(30)) {
            segment.put("resource_arn", "arn:aws:lambda:us-east-1:111111111111:function:" + any(NAMES));
        }
        var aws = segment.putObject("aws");
        if (chance(40)) {
            aws.put("account_id", any(ACCOUNTS));
        }
        if (chance(30)) {
            aws.putObject("ec2")
                    .put("instance_id", "i-" + random.nextInt(3))
                    .put("availability_zone", "us-east-1" + "abc".charAt(random.nextInt(3)));
        }
        http(segment);
        subsegments(segment, segment.get("id").asString(), from, to, depth);
        if (depth > 0 && chance(25)) {
            segment(segment.get("id").asString(), from + 10, to - 10, depth - 1);
        }
        documents.add(segment.toString());
    }

    private void subsegments(ObjectNode parent, String segmentId, long from, long to, int depth) {
        int count = depth == 0 ? 0 : random.nextInt(4);
        long step = (to - from) / (count + 1);
        for (int i = 0; i < count; i++) {
            long begin = from + i * step + random.nextInt(1_000);
            long end = begin + random.nextInt((int) Math.max(1, step + 500));
            var call = entity(any(NAMES), begin, end);
            boolean calls = false;
            switch (random.nextInt(5)) {
                case 0 -> {
                    call.put("namespace", "remote");
                    calls = true;
                }
                case 1 -> {
                    call.put("namespace", "aws");
                    call.put("name", any(List.of("DynamoDB", "SQS", "S3")));
                    var aws = call.putObject("aws");
                    if (call.get("name").asString().equals("DynamoDB")) {
                        aws.put("table_name", "users");
                    }
                    if (chance(50)) {
                        aws.put("account_id", any(ACCOUNTS));
                    }
                }
                case 2 -> call.putObject("sql").put("database_type", "PostgreSQL");
                default -> {}
            }
            if (call.has("namespace")) {
                http(call);
            }
            var id = call.get("id").asString();
            subsegments(call, segmentId, begin, end, depth - 1);
            if (calls && chance(60)) {
                segment(id, begin + 20, end - 20, depth - 1);
            }
            if (chance(20)) {
                call.put("type", "subsegment").put("trace_id", trace.text());
                call.put("parent_id", parent.get("id").asString());
                documents.add(call.toString());
            } else {
                parent.withArray("subsegments").add(call);
            }
        }
    }
}
