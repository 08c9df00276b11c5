// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // optional members of the answers are asserted, not guarded
class RouteTableTest {
    private static final String LETTERS = "/a%2Fc0{}+;.\u00fc";

    private static RouteTable<String> table(String... templates) {
        return RouteTable.of(Stream.of(templates).collect(Collectors.toMap(Function.identity(), Function.identity())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /                  | /                    |
        /orders            | /orders              |
        /orders/           | /orders              |
        /orders/1          | /orders/{id}         | id=1
        /orders/new        | /orders/new          |
        /orders/new/items  | /orders/{id}/items   | id=new
        /orders/a%20b      | /orders/{id}         | id=a b
        /orders/a%2Fb      | /orders/{id}         | id=a/b
        /%6Frders          | /orders              |
        /orders/1/2        | /{proxy+}            | proxy=orders/1/2
        /x                 | /{proxy+}            | proxy=x
        /x/                | /{proxy+}            | proxy=x
        /x//y              | /{proxy+}            | proxy=x//y
        /files/a/b/c       | /files/{path+}       | path=a/b/c
        /files             | /{proxy+}            | proxy=files
        /orders//items     | /{proxy+}            | proxy=orders//items
        """)
    void prefersTextThenVariableThenGreedy(String path, String template, String parameters) {
        var table = table(
                "/", "/orders", "/orders/new", "/orders/{id}", "/orders/{id}/items", "/files/{path+}", "/{proxy+}");
        var match = table.match(path);
        assertThat(match.target()).isEqualTo(template);
        assertThat(match.parameters().entrySet().stream()
                        .map(Map.Entry::toString)
                        .collect(Collectors.joining()))
                .isEqualTo(parameters == null ? "" : parameters);
    }

    @Test
    void takesAtLeastOneCharacterForAGreedyVariable() {
        assertThat(table("/{proxy+}").match("/")).isNull();
        assertThat(table("/a/{proxy+}").match("/a")).isNull();
        assertThat(table("/a/{proxy+}").match("/a/")).isNull();
    }

    @Test
    void findsNothingWhereNothingFits() {
        var table = table("/orders/{id}");
        assertThat(table.match("/")).isNull();
        assertThat(table.match("/orders")).isNull();
        assertThat(table.match("/orders/1/2")).isNull();
        assertThat(table.match("/Orders/1")).isNull();
    }

    @ParameterizedTest
    @Seeds(200)
    void answersAnyPathWithoutFailing(long seed) {
        var random = new SplittableRandom(seed);
        var table = table("/", "/a", "/a/{b}", "/a/{b}/c", "/{x}/a/{rest+}", "/{proxy+}");
        var path = new StringBuilder("/");
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            path.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        var match = table.match(path.toString());
        if (match != null) {
            assertThat(match.parameters().values())
                    .allSatisfy(value -> assertThat(value).isNotEmpty());
        }
    }
}
