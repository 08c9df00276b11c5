// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.functions.source.QueueSource.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class BatchAnswerTest {
    private static final List<Message> BATCH = Stream.of("a", "b", "c")
            .map(id -> new Message(id, id, "", "", Map.of(), Map.of()))
            .toList();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                                                         | abc
        null                                                                       | abc
        {}                                                                         | abc
        {"batchItemFailures":[]}                                                   | abc
        {"batchItemFailures":null}                                                 | abc
        {"statusCode":200}                                                         | abc
        "done"                                                                     | abc
        {"batchItemFailures":[{"itemIdentifier":"b"}]}                             | ac
        {"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"a"}]}      | c
        {"batchItemFailures":                                                      | ''
        {"batchItemFailures":[{"itemIdentifier":""}]}                              | ''
        {"batchItemFailures":[{"itemIdentifier":null}]}                            | ''
        {"batchItemFailures":[{"itemidentifier":"b"}]}                             | ''
        {"batchItemFailures":[{"itemIdentifier":"z"}]}                             | ''
        {"batchItemFailures":"b"}                                                  | ''
        {"BatchItemFailures":[{"itemIdentifier":"b"}]}                             | ''
        {"batch_item_failures":[{"itemIdentifier":"b"}]}                           | ''
        """)
    void tellsWhichMessagesAreDoneWith(String answer, String done) {
        assertThat(BatchAnswer.done(answer.getBytes(StandardCharsets.UTF_8), BATCH).stream()
                        .map(Message::messageId)
                        .reduce("", String::concat))
                .isEqualTo(done);
    }
}
