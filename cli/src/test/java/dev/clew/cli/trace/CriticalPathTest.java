// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
    @Test
    void coversTheWholeTimeOfAnAsynchronousTrace() {
        var story = Story.of(Traces.warmOrder());
        assertThat(story.path().stream().mapToLong(CriticalPath.Step::micros).sum())
                .isEqualTo(story.last() - story.first());
        assertThat(story.path())
                .extracting(CriticalPath.Step::name)
                .containsExactly(
                        "distributed-tracing-api-qx7sg3/prod",
                        "order-service-qx7sg3",
                        "wait",
                        "payment-service-qx7sg3",
                        "wait",
                        "notification-service-qx7sg3");
    }

    @Test
    void returnsToTheCallerThatWaitedForAnAnswer() {
        var story = Story.of(Traces.of(
                "{'id':'a','name':'web','origin':'AWS::EC2::Instance',start:0,end:100,'subsegments':["
                        + "{'id':'s','name':'stock','namespace':'remote',start:20,end:80}]}",
                "{'id':'b','parent_id':'s','name':'stock','origin':'AWS::ECS::Container',start:25,end:75}"));
        assertThat(story.path())
                .containsExactly(
                        new CriticalPath.Step("web", 25_000),
                        new CriticalPath.Step("stock", 50_000),
                        new CriticalPath.Step("web", 25_000));
    }

    @Test
    void aColdStartIsAStepOfItsOwn() {
        assertThat(Story.of(Traces.coldOrder()).path())
                .extracting(CriticalPath.Step::name)
                .contains("cold start");
    }

    @Test
    void namesAreShortenedByWhatTheyShare() {
        var names = List.of("order-service-x1", "payment-service-x1", "notification-service-x1");
        assertThat(CriticalPath.shortened("payment-service-x1", names)).isEqualTo("payment");
        assertThat(CriticalPath.shortened("alone", List.of("alone"))).isEqualTo("alone");
        assertThat(CriticalPath.shortened("a-b", List.of("a-b"))).isEqualTo("a-b");
        assertThat(CriticalPath.shortened("a-b", List.of("a-b", "c-d"))).isEqualTo("a-b");
    }
}
