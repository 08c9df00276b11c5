// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads stack traces as the languages print them. Lines that are none of theirs are passed over, long ones unread: the
 * patterns run in time linear in a line, and a trace has a bounded number of frames.
 */
final class StackTraces {
    private static final int MAX_FRAMES = 100;
    private static final int MAX_EXCEPTIONS = 20;
    private static final int MAX_LINE = 2_000;

    private static final Pattern JAVA_FRAME =
            Pattern.compile("\\s*at ([^\\s(]++)\\(([^:)]*+)(?::(\\d{1,9}))?+\\)?+.*+");
    private static final Pattern PYTHON_FRAME =
            Pattern.compile("\\s*File \"([^\"]++)\", line (\\d{1,9})(?:, in (.++))?+");
    private static final Pattern DOTNET_FRAME = Pattern.compile("\\s*at ([^(]++\\([^)]*+\\))(?: in (.++))?+");
    private static final Pattern GO_PLACE = Pattern.compile("\\t(\\S+):(\\d{1,9})(?: .*+)?+");
    private static final String CAUSED_BY = "Caused by: ";
    private static final List<String> PYTHON_CHAIN = List.of(
            "During handling of the above exception, another exception occurred:",
            "The above exception was the direct cause of the following exception:");

    private StackTraces() {}

    /** One call on the stack; innermost first. */
    record Frame(@Nullable String path, int line, @Nullable String label) {}

    /**
     * An exception with its frames.
     *
     * @param type null for the one that the event itself names
     * @param truncated how many frames were left out
     */
    record Trace(@Nullable String type, @Nullable String message, List<Frame> frames, int truncated) {}

    /** The exception of the event first, then what caused it, and so on; at least one. */
    static List<Trace> parse(@Nullable String language, String text) {
        return switch (language == null ? "" : language) {
            case "java", "php" -> java(text);
            case "python" -> python(text);
            case "nodejs", "javascript", "webjs" -> one(text, StackTraces::script);
            case "dotnet" -> one(text, StackTraces::dotnet);
            case "go" -> go(text);
            default -> List.of(new Trace(null, null, List.of(), 0));
        };
    }

    private interface LineReader {
        @Nullable
        Frame read(String line);
    }

    /** Frames as they come, the first ones kept. */
    private static final class Collected {
        @Nullable
        String type;

        @Nullable
        String message;

        final List<Frame> frames = new ArrayList<>();
        int truncated;

        void add(Frame frame) {
            if (frames.size() < MAX_FRAMES) {
                frames.add(frame);
            } else {
                truncated++;
            }
        }

        Trace trace() {
            return new Trace(type, message, List.copyOf(frames), truncated);
        }
    }

    private static List<Trace> one(String text, LineReader reader) {
        var collected = new Collected();
        readable(text).forEach(line -> {
            var frame = reader.read(line);
            if (frame != null) {
                collected.add(frame);
            }
        });
        return List.of(collected.trace());
    }

    private static List<String> readable(String text) {
        return text.lines().filter(line -> line.length() <= MAX_LINE).toList();
    }

    private static List<Trace> java(String text) {
        var traces = new ArrayList<Collected>();
        traces.add(new Collected());
        boolean suppressed = false;
        for (var line : readable(text)) {
            if (line.startsWith(CAUSED_BY)) {
                if (traces.size() == MAX_EXCEPTIONS) {
                    break;
                }
                traces.add(caused(line.substring(CAUSED_BY.length())));
                suppressed = false;
            } else if (line.strip().startsWith("Suppressed: ")) {
                suppressed = true;
            } else if (!suppressed) {
                var frame = javaFrame(line);
                if (frame != null) {
                    traces.getLast().add(frame);
                }
            }
        }
        return traces.stream().map(Collected::trace).toList();
    }

    private static Collected caused(String head) {
        var caused = new Collected();
        int colon = head.indexOf(": ");
        caused.type = colon < 0 ? head : head.substring(0, colon);
        caused.message = colon < 0 ? null : head.substring(colon + 2);
        return caused;
    }

    private static @Nullable Frame javaFrame(String line) {
        var matcher = JAVA_FRAME.matcher(line);
        return matcher.matches() ? new Frame(matcher.group(2), line(matcher, 3), matcher.group(1)) : null;
    }

    /** Python prints the outermost call first, and what caused an exception before it. */
    private static List<Trace> python(String text) {
        var traces = new ArrayList<Collected>();
        traces.add(new Collected());
        for (var line : readable(text)) {
            if (PYTHON_CHAIN.contains(line)) {
                if (traces.size() == MAX_EXCEPTIONS) {
                    break;
                }
                traces.add(new Collected());
                continue;
            }
            var current = traces.getLast();
            var matcher = PYTHON_FRAME.matcher(line);
            if (matcher.matches()) {
                current.add(new Frame(matcher.group(1), line(matcher, 2), matcher.group(3)));
            } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && !line.startsWith("Traceback")) {
                var head = caused(line);
                current.type = head.type;
                current.message = head.message;
            }
        }
        Collections.reverse(traces);
        traces.getFirst().type = null; // the event names it
        traces.getFirst().message = null;
        return traces.stream()
                .map(each -> new Trace(each.type, each.message, each.frames.reversed(), each.truncated))
                .toList();
    }

    private static @Nullable Frame script(String line) {
        var text = line.strip();
        if (!text.startsWith("at ")) {
            return null;
        }
        text = text.substring(text.startsWith("at async ") ? "at async ".length() : "at ".length());
        int open = text.endsWith(")") ? text.indexOf(" (") : -1;
        var label = open < 0 ? null : text.substring(0, open);
        var place = open < 0 ? text : text.substring(open + 2, text.length() - 1);
        var parts = place.split(":");
        int numbers = 0;
        while (numbers < 2 && parts.length > numbers + 1 && isNumber(parts[parts.length - 1 - numbers])) {
            numbers++;
        }
        if (numbers == 0) {
            return new Frame(place, 0, label);
        }
        var path = String.join(":", List.of(parts).subList(0, parts.length - numbers));
        return new Frame(path, Integer.parseInt(parts[parts.length - numbers]), label);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit);
    }

    private static @Nullable Frame dotnet(String line) {
        var matcher = DOTNET_FRAME.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        var place = matcher.group(2);
        int at = place == null ? -1 : place.lastIndexOf(":line ");
        if (place == null || at < 0 || !isNumber(place.substring(at + ":line ".length()))) {
            return new Frame(place, 0, matcher.group(1));
        }
        return new Frame(
                place.substring(0, at), Integer.parseInt(place.substring(at + ":line ".length())), matcher.group(1));
    }

    /** Go prints the function on one line and its place on the next. */
    private static List<Trace> go(String text) {
        var collected = new Collected();
        String function = null;
        for (var line : readable(text)) {
            var place = GO_PLACE.matcher(line);
            if (function != null && place.matches()) {
                collected.add(new Frame(place.group(1), line(place, 2), function));
                function = null;
            } else {
                int arguments = line.lastIndexOf('(');
                function = line.startsWith("goroutine ") || line.startsWith("\t") || arguments <= 0
                        ? null
                        : line.substring(0, arguments);
            }
        }
        return List.of(collected.trace());
    }

    private static int line(Matcher matcher, int group) {
        var text = matcher.group(group);
        return text == null ? 0 : Integer.parseInt(text);
    }
}
