// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Valid patterns and events over so few names and values that matches are common. */
final class RandomPatterns {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> TEXTS =
            List.of("", "a", "ab", "aB", "abc", "b", "bab", "10.0.0.7", "10.1.0.7", "1");
    private static final List<String> NUMBERS = List.of("0", "1", "1.0", "-1", "2.5", "10", "1e1", "300");

    private final SplittableRandom random;

    RandomPatterns(SplittableRandom random) {
        this.random = random;
    }

    String pattern() {
        return object(NAMES, 2);
    }

    /** Names of an {@code $or} and of its siblings never meet: what that would mean is not documented. */
    private String object(List<String> names, int depth) {
        var shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        var fields = new ArrayList<String>();
        int plain = 1 + random.nextInt(2);
        for (var name : shuffled.subList(0, plain)) {
            fields.add('"' + name + "\":" + value(depth));
        }
        var rest = shuffled.subList(plain, shuffled.size());
        if (depth > 0 && rest.size() > 1 && random.nextInt(4) == 0) {
            fields.add("\"$or\":[" + object(rest, depth - 1) + ',' + object(rest, depth - 1) + ']');
        }
        return '{' + String.join(",", fields) + '}';
    }

    private String value(int depth) {
        return depth > 0 && random.nextInt(3) == 0
                ? object(NAMES, depth - 1)
                : IntStream.rangeClosed(0, random.nextInt(2))
                        .mapToObj(i -> leaf())
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private String leaf() {
        return switch (random.nextInt(14)) {
            case 0 -> text();
            case 1 -> number();
            case 2 -> one(List.of("true", "false", "null"));
            case 3 -> "{\"prefix\":" + text() + '}';
            case 4 -> "{\"suffix\":" + text() + '}';
            case 5 -> "{\"equals-ignore-case\":" + text() + '}';
            case 6 -> "{\"" + one(List.of("prefix", "suffix")) + "\":{\"equals-ignore-case\":" + text() + "}}";
            case 7 -> "{\"wildcard\":" + one(List.of("\"a*\"", "\"*b\"", "\"a*c\"", "\"*\"", "\"b*b\"")) + '}';
            case 8 -> "{\"anything-but\":" + one(List.of(text(), number(), list(text()), list(number()))) + '}';
            case 9 ->
                "{\"anything-but\":{\"" + one(List.of("prefix", "suffix", "equals-ignore-case", "wildcard")) + "\":"
                        + one(List.of("\"a\"", "[\"a\",\"b\"]", "\"ab\"")) + "}}";
            case 10 -> "{\"numeric\":[\"" + one(List.of("=", ">", ">=", "<", "<=")) + "\"," + number() + "]}";
            case 11 -> "{\"numeric\":[\">=\",0,\"<\"," + one(List.of("1", "10", "300")) + "]}";
            case 12 -> "{\"cidr\":\"" + one(List.of("10.0.0.0/24", "10.0.0.0/8")) + "\"}";
            default -> "{\"exists\":" + random.nextBoolean() + '}';
        };
    }

    private static String list(String element) {
        return '[' + element + ']';
    }

    String event() {
        return eventObject(2);
    }

    private String eventObject(int depth) {
        return NAMES.stream()
                .filter(name -> random.nextInt(4) > 0)
                .map(name -> '"' + name + "\":" + eventValue(depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String eventValue(int depth) {
        if (depth > 0 && random.nextInt(5) == 0) {
            return IntStream.range(0, random.nextInt(3))
                    .mapToObj(i -> eventValue(depth - 1))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return depth > 0 && random.nextInt(3) == 0 ? eventObject(depth - 1) : scalar();
    }

    private String scalar() {
        return switch (random.nextInt(5)) {
            case 0 -> number();
            case 1 -> one(List.of("true", "false", "null"));
            default -> text();
        };
    }

    private String text() {
        return '"' + one(TEXTS) + '"';
    }

    private String number() {
        return one(NUMBERS);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
