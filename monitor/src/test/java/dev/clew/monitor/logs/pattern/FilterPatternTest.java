// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterPatternTest {
    private static final String ACCESS =
            "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /apache_pb.gif HTTP/1.0\" 404 1534";

    private static final String JSON = """
        {"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111", "n": 42, "ratio": 0.5,
         "big": 12345678901234567890, "none": null, "yes": true, "no": false, "errorCode": 404, "text": "404",
         "arrayKey": ["value", "another"], "objects": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
         "nested": {"a b": 1, "c-d": "x"}}\
        """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '\'',
            value = {
                // pattern → message → selected
                "''→anything→true",
                "'   '→anything→true",
                "ERROR→[ERROR 400] BAD REQUEST→true",
                "ERROR→[error 400] BAD REQUEST→false",
                "ERROR→ERRORS→true",
                "ERROR ARGUMENTS→[ERROR 419] MISSING ARGUMENTS→true",
                "ERROR ARGUMENTS→[ERROR 420] INVALID→false",
                "ERROR_1→an ERROR_1 here→true",
                "\"INTERNAL SERVER ERROR\"→[ERROR 500] INTERNAL SERVER ERROR→true",
                "\"INTERNAL SERVER ERROR\"→SERVER INTERNAL ERROR→false",
                "\"say \\\"hi\\\"\"→she would say \"hi\" often→true",
                "\"a\\\\b\"→a\\b→true",
                "ERROR -ARGUMENTS→[ERROR 401] UNAUTHORIZED→true",
                "ERROR -ARGUMENTS→[ERROR 419] MISSING ARGUMENTS→false",
                "-ERROR→all is well→true",
                "-\"not found\"→file not found→false",
                "?ERROR ?ARGUMENTS→[ERROR 401]→true",
                "?ERROR ?ARGUMENTS→MISSING ARGUMENTS→true",
                "?ERROR ?ARGUMENTS→fine→false",
                "?ERROR INFO→INFO only→true",
                "?ERROR -INFO→something else→true",
                "%AUTHORIZED%→UNAUTHORIZED REQUEST→true",
                "%^AUTHORIZED%→UNAUTHORIZED REQUEST→false",
                "%[hc]at$%→the cat→true",
                "%colou?r% paint→color paint→true",
                "%\\d{1,3}\\.\\d{1,3}%→at 10.20→true",
                "%a|b% -%c+%→abcc→false",
                "%[Ee]rror|[Ff]ail%→Fail→true",
                "%\\x41%→A→true",
                "é→café→true",
            })
    void selectsByTerms(String pattern, String message, boolean selected) {
        assertThat(FilterPattern.compile(pattern).matches(message)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '\'',
            value = {
                "{ $.eventType = \"UpdateTrail\" }→true",
                "{$.eventType=\"UpdateTrail\"}→true",
                "{ $.eventType = UpdateTrail }→true",
                "{ $.eventType = \"Update*\" }→true",
                "{ $.eventType = \"*Trail\" }→true",
                "{ $.eventType = \"*dateTr*\" }→true",
                "{ $.eventType = \"*\" }→true",
                "{ $.eventType = \"Trail\" }→false",
                "{ $.eventType != \"Other\" }→true",
                "{ $.missing != \"Other\" }→false",
                "{ $.sourceIPAddress != 123.123.* }→true",
                "{ $.sourceIPAddress = 111.111.* }→true",
                "{ $.sourceIPAddress = %111\\.[0-9]+% }→true",
                "{ $.n = 42 }→true",
                "{ $.n = 42.0 }→true",
                "{ $.n = 4.2e1 }→true",
                "{ $.n != 42 }→false",
                "{ $.n > 41 }→true",
                "{ $.n >= 42 }→true",
                "{ $.n < 42 }→false",
                "{ $.n <= 42 }→true",
                "{ $.n > -1 }→true",
                "{ $.ratio = 0.50 }→true",
                "{ $.ratio < 0.51 }→true",
                "{ $.big = 12345678901234567890 }→true",
                "{ $.big = 12345678901234567891 }→false",
                "{ $.errorCode = 4* }→true",
                "{ $.errorCode = * }→true",
                "{ $.text = 404 }→true",
                "{ $.text > 1 }→false",
                "{ $.eventType > 1 }→false",
                "{ $.none IS NULL }→true",
                "{ $.n IS NULL }→false",
                "{ $.missing IS NULL }→false",
                "{ $.none = \"*\" }→false",
                "{ $.yes IS TRUE }→true",
                "{ $.no IS FALSE }→true",
                "{ $.no is true }→false",
                "{ $.missing NOT EXISTS }→true",
                "{ $.none NOT EXISTS }→false",
                "{ $.arrayKey[0] = \"value\" }→true",
                "{ $.arrayKey[2] = \"value\" }→false",
                "{ $.arrayKey = \"value\" }→false",
                "{ $.objects[1].id = 2 }→true",
                "{ $.objects[0] = \"*\" }→false",
                "{ $.nested.['a b'] = 1 }→true",
                "{ $.nested['a b'] = 1 }→true",
                "{ $.nested.c-d = x }→true",
                "{ $.n = 42 && $.ratio < 1 }→true",
                "{ $.n = 41 && $.ratio < 1 }→false",
                "{ $.n = 41 || $.ratio < 1 }→true",
                "{ $.n = 42 || $.n = 1 && $.n = 2 }→true",
                "{ ($.n = 42 || $.n = 1) && $.n = 2 }→false",
                "{ (($.n = 42)) }→true",
            })
    void selectsByJson(String pattern, boolean selected) {
        assertThat(FilterPattern.compile(pattern).matches(JSON)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource({"plain text", "'[1, 2]'", "'{\"n\": 42'", "'{\"n\": 42} trailing'", "''"})
    void neverSelectsWhatIsNotAJsonObjectByJson(String message) {
        assertThat(FilterPattern.compile("{ $.n = 42 || $.n NOT EXISTS }").matches(message))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '\'',
            value = {
                "[ip, user, username, timestamp, request, status_code, bytes]→true",
                "[ip, user, username, timestamp, request, status_code]→false",
                "[ip, user, username, timestamp, request, status_code, bytes, more]→false",
                "[ip, user, username, timestamp, request, status_code=4*, bytes>1000]→true",
                "[ip, user, username, timestamp, request=*html*, status_code=4*, bytes]→false",
                "[..., status_code=404, bytes]→true",
                "[ip=127.0.0.1, ...]→true",
                "[ip=127.*, ..., bytes=1534]→true",
                "[ip, user, ..., status_code, bytes<1000]→false",
                "[..., status_code=404 || status_code=410, bytes]→true",
                "[..., (status_code>399 && status_code<500), bytes]→true",
                "[..., status_code!=404, bytes]→false",
                "[..., request=\"GET /apache*\", status_code, bytes]→true",
                "[..., request=%^GET%, status_code, bytes]→true",
                "[...]→true",
                "[a, b, c, d, e, f, g, h, ...]→false",
            })
    void selectsByFields(String pattern, boolean selected) {
        assertThat(FilterPattern.compile(pattern).matches(ACCESS)).isEqualTo(selected);
    }

    @Test
    void readsAFieldThatIsNotClosedUpToTheNextSpace() {
        assertThat(FilterPattern.compile("[a=\"[open\", b]").matches("[open x")).isTrue();
    }

    @Test
    void extractsTheFieldsItNames() {
        var pattern = FilterPattern.compile("[ip, ..., request, status_code, bytes]");
        assertThat(pattern.extract(ACCESS))
                .isEqualTo(Map.of(
                        "$ip", "127.0.0.1",
                        "$request", "GET /apache_pb.gif HTTP/1.0",
                        "$status_code", "404",
                        "$bytes", "1534"));
        assertThat(pattern.extract("too short")).isEmpty();
    }

    @Test
    void extractsTheSelectorsItNames() {
        assertThat(FilterPattern.compile("{ $.n > 1 && $.arrayKey[0] = * && $.arrayKey = * }")
                        .extract(JSON))
                .isEqualTo(Map.of("$.n", "42", "$.arrayKey[0]", "value"));
        assertThat(FilterPattern.compile("ERROR").extract("ERROR")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '\'',
            value = {
                "abc-def→Invalid character(s) in term 'abc-def'",
                "a.b→Invalid character(s) in term 'a.b'",
                "-→Invalid filter pattern: a term expected at character 2",
                "\"open→Invalid filter pattern: it ends too early at character 6",
                "%open→Invalid filter pattern: '%' expected at character 6",
                "%%→Invalid regular expression %%: it is empty",
                "%a(b)%→Invalid regular expression %a(b)%: '(' is not supported",
                "%something!%→Invalid regular expression %something!%: '!' is not supported",
                "%a\\1%→Invalid regular expression %a\\1%: '\\1' is not supported",
                "%[a[b]]%→Invalid regular expression %[a[b]]%: '[' is not supported",
                "%é%→Invalid regular expression %é%: 'é' is not supported",
                "{ $.a }→Invalid filter pattern: an operator expected at character 7",
                "{ $.a = }→Invalid filter pattern: a value expected at character 9",
                "{ $.a = 1→Invalid filter pattern: '}' expected at character 10",
                "{ $.a = 1 } x→Invalid filter pattern: nothing more expected at character 13",
                "{ $.a > x }→Invalid filter pattern: a number expected after > at character 10",
                "{ $.a IS BLUE }→Invalid filter pattern: NULL, TRUE or FALSE expected at character 10",
                "{ $.a NOT THERE }→Invalid filter pattern: EXISTS expected at character 11",
                "{ a = 1 }→Invalid filter pattern: '$' expected at character 3",
                "{ $ = 1 }→Invalid filter pattern: a property expected after $ at character 4",
                "{ $. = 1 }→Invalid filter pattern: the name of a property expected at character 5",
                "{ $.a[x] = 1 }→Invalid filter pattern: an index or a quoted name expected at character 7",
                "{ $.a[99999999] = 1 }→Invalid filter pattern: an index or a quoted name expected at character 15",
                "{ ($.a = 1 }→Invalid filter pattern: ')' expected at character 12",
                "{ $.a = %a% && $.b = %b% && $.c = %c% }→Invalid filter pattern: more than 2 regular expressions",
                "[→Invalid filter pattern: the name of a field expected at character 2",
                "[a, b→Invalid filter pattern: ']' expected at character 6",
                "[..., ...]→Invalid filter pattern: only one ... expected at character 10",
                "[a=1 && b=2]→'Invalid filter pattern: one field expected between commas, not [a, b] at character 12'",
            })
    void refusesWhatItCannotRead(String pattern, String message) {
        assertThatThrownBy(() -> FilterPattern.compile(pattern))
                .isInstanceOf(InvalidPatternException.class)
                .hasMessage(message);
    }

    @Test
    void boundsTheStepsOfARegularExpression() {
        var pattern = FilterPattern.compile("%[a-z]+[a-z]+[a-z]+[a-z]+[0-9]%");
        assertThat(pattern.matches("abc1 " + "x".repeat(10))).isFalse();
        var line = "x".repeat(5_000);
        assertThatThrownBy(() -> pattern.matches(line))
                .isInstanceOf(InvalidPatternException.class)
                .hasMessage("Invalid regular expression %[a-z]+[a-z]+[a-z]+[a-z]+[0-9]%:"
                        + " it takes too many steps on a log event");
    }

    @Test
    void survivesDeepNestingAndLongLines() {
        var deep = "{ " + "(".repeat(500) + "$.a = 1" + ")".repeat(500) + " }";
        assertThat(FilterPattern.compile(deep).matches("{\"a\": 1}")).isTrue();
        assertThat(FilterPattern.compile("{ $.a = 1 }").matches("{\"a\":".repeat(100_000)))
                .isFalse();
        assertThat(FilterPattern.compile("%x*y%").matches("z".repeat(1_000_000)))
                .isFalse();
        assertThat(FilterPattern.compile("%.*%").matches("z".repeat(1_000_000))).isTrue();
        assertThat(FilterPattern.compile("[..., last=b]").matches("a ".repeat(400_000) + "b"))
                .isTrue();
    }
}
