// SPDX-License-Identifier: Apache-2.0
package dev.clew.events.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import dev.clew.events.Calls;
import dev.clew.events.api.CreateEventBusRequest;
import dev.clew.events.api.DeleteEventBusRequest;
import dev.clew.events.api.DeleteRuleRequest;
import dev.clew.events.api.DescribeEventBusRequest;
import dev.clew.events.api.DescribeRuleRequest;
import dev.clew.events.api.DisableRuleRequest;
import dev.clew.events.api.EnableRuleRequest;
import dev.clew.events.api.EventBus;
import dev.clew.events.api.EventsModel;
import dev.clew.events.api.ListEventBusesRequest;
import dev.clew.events.api.ListRuleNamesByTargetRequest;
import dev.clew.events.api.ListRulesRequest;
import dev.clew.events.api.ListTagsForResourceRequest;
import dev.clew.events.api.ListTargetsByRuleRequest;
import dev.clew.events.api.PutRuleRequest;
import dev.clew.events.api.RemoveTargetsRequest;
import dev.clew.events.api.Tag;
import dev.clew.events.api.TagResourceRequest;
import dev.clew.events.api.UntagResourceRequest;
import dev.clew.events.api.UpdateEventBusRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ControlPlaneTest extends ControlPlaneFixture {
    @Test
    void theDefaultBusIsAlwaysThere() {
        assertThat(calls.call(EventsModel.LIST_EVENT_BUSES, new ListEventBusesRequest(null, null, null))
                        .eventBuses())
                .extracting(EventBus::name)
                .containsExactly("default");
        var described = calls.call(EventsModel.DESCRIBE_EVENT_BUS, new DescribeEventBusRequest(null));
        assertThat(described.arn()).isEqualTo("arn:aws:events:us-east-1:111111111111:event-bus/default");
        assertThat(described.policy()).isNull();
    }

    @Test
    void aCreatedBusIsDescribedByNameOrArn() {
        var created = createBus("orders");
        assertThat(created).isEqualTo("arn:aws:events:us-east-1:111111111111:event-bus/orders");
        for (var name : List.of("orders", created)) {
            var described = calls.call(EventsModel.DESCRIBE_EVENT_BUS, new DescribeEventBusRequest(name));
            assertThat(described.name()).isEqualTo("orders");
            assertThat(described.creationTime()).isEqualTo(clock.instant());
        }
    }

    @Test
    void busesOfOtherScopesAreOthers() {
        createBus("orders");
        var elsewhere = calls.in(new Scope("111111111111", "eu-west-1"));
        refused(
                "ResourceNotFoundException",
                "Event bus orders does not exist.",
                () -> elsewhere.call(EventsModel.DESCRIBE_EVENT_BUS, new DescribeEventBusRequest("orders")));
    }

    @Test
    void busErrorsReadAsTheServicesOwn() {
        createBus("orders");
        refused("ResourceAlreadyExistsException", "Event bus orders already exists.", () -> createBus("orders"));
        refused("ResourceAlreadyExistsException", "Event bus default already exists.", () -> createBus("default"));
        refused(
                "ResourceNotFoundException",
                "Event bus nope does not exist.",
                () -> calls.call(EventsModel.DELETE_EVENT_BUS, new DeleteEventBusRequest("nope")));
        refused(
                "ValidationException",
                "Cannot delete event bus default.",
                () -> calls.call(EventsModel.DELETE_EVENT_BUS, new DeleteEventBusRequest("default")));
        putRule("r", "orders");
        refused(
                "ValidationException",
                "Event bus orders can't be deleted since it has rules.",
                () -> calls.call(EventsModel.DELETE_EVENT_BUS, new DeleteEventBusRequest("orders")));
        refused(
                "ResourceNotFoundException",
                "Event source aws.partner/a/b does not exist.",
                () -> calls.call(
                        EventsModel.CREATE_EVENT_BUS,
                        CreateEventBusRequest.builder()
                                .name("p")
                                .eventSourceName("aws.partner/a/b")
                                .build()));
    }

    @Test
    void updatingABusChangesOnlyWhatIsGiven() {
        createBus("orders");
        calls.call(
                EventsModel.UPDATE_EVENT_BUS,
                UpdateEventBusRequest.builder()
                        .name("orders")
                        .kmsKeyIdentifier("alias/k")
                        .build());
        var updated = calls.call(
                EventsModel.UPDATE_EVENT_BUS,
                UpdateEventBusRequest.builder()
                        .name("orders")
                        .description("new")
                        .build());
        assertThat(updated.description()).isEqualTo("new");
        assertThat(updated.kmsKeyIdentifier()).isEqualTo("alias/k");
    }

    @Test
    void puttingARuleAgainKeepsItsTargetsAndTags() {
        createBus("orders");
        var arn = calls.call(
                        EventsModel.PUT_RULE,
                        rule("r", "orders").tags(List.of(new Tag("team", "a"))).build())
                .ruleArn();
        assertThat(arn).isEqualTo("arn:aws:events:us-east-1:111111111111:rule/orders/r");
        putTarget("r", "orders", target("1"));
        var pattern = "{ \"source\":\n [\"b\"] }";
        calls.call(
                EventsModel.PUT_RULE,
                rule("r", "orders")
                        .eventPattern(pattern)
                        .state("DISABLED")
                        .tags(List.of(new Tag("team", "b")))
                        .build());
        var described = calls.call(EventsModel.DESCRIBE_RULE, new DescribeRuleRequest("r", "orders"));
        assertThat(described.eventPattern()).isEqualTo(pattern);
        assertThat(described.state()).isEqualTo("DISABLED");
        assertThat(described.createdBy()).isEqualTo("111111111111");
        assertThat(targetsOf("r", "orders")).hasSize(1);
        assertThat(calls.call(EventsModel.LIST_TAGS_FOR_RESOURCE, new ListTagsForResourceRequest(String.valueOf(arn)))
                        .tags())
                .containsExactly(new Tag("team", "a"));
    }

    @Test
    void rulesOfTheDefaultBusHaveShortArns() {
        assertThat(putRule("r", null)).isEqualTo("arn:aws:events:us-east-1:111111111111:rule/r");
    }

    @Test
    void ruleErrorsReadAsTheServicesOwn() {
        createBus("orders");
        refused(
                "ResourceNotFoundException",
                "Rule r does not exist on EventBus orders.",
                () -> calls.call(EventsModel.DESCRIBE_RULE, new DescribeRuleRequest("r", "orders")));
        refused("ResourceNotFoundException", "Event bus nope does not exist.", () -> putRule("r", "nope"));
        refused(
                "ValidationException",
                "Parameter(s) EventPattern or ScheduleExpression must be specified.",
                () -> calls.call(
                        EventsModel.PUT_RULE, PutRuleRequest.builder().name("r").build()));
        refused(
                "ValidationException",
                "ScheduleExpression is supported only on the default event bus.",
                () -> calls.call(
                        EventsModel.PUT_RULE,
                        rule("r", "orders").scheduleExpression("rate(1 minute)").build()));
        refused(
                "ValidationException",
                "Parameter ScheduleExpression is not valid.",
                () -> calls.call(
                        EventsModel.PUT_RULE,
                        rule("r", null).scheduleExpression("rate(1 minutes)").build()));
        putRule("r", "orders");
        putTarget("r", "orders", target("1"));
        refused(
                "ValidationException",
                "Rule can't be deleted since it has targets.",
                () -> calls.call(EventsModel.DELETE_RULE, new DeleteRuleRequest("r", "orders", null)));
    }

    @Test
    void deletingAMissingRuleSucceeds() {
        calls.call(EventsModel.DELETE_RULE, new DeleteRuleRequest("nope", null, null));
    }

    @Test
    void onlyEnabledRulesMatch() {
        putRule("r", null);
        var event = "{\"source\":\"a\"}";
        assertThat(matching(event)).containsExactly("r");
        calls.call(EventsModel.DISABLE_RULE, new DisableRuleRequest("r", null));
        assertThat(matching(event)).isEmpty();
        calls.call(EventsModel.ENABLE_RULE, new EnableRuleRequest("r", "default"));
        assertThat(matching(event)).containsExactly("r");
        calls.call(EventsModel.DELETE_RULE, new DeleteRuleRequest("r", null, null));
        assertThat(matching(event)).isEmpty();
    }

    @Test
    void listsAreInOrderOfNamesAndPaged() {
        IntStream.range(0, 7).forEach(i -> putRule("rule-" + i, null));
        putRule("other", null);
        var first = calls.call(EventsModel.LIST_RULES, new ListRulesRequest("rule-", null, null, 3));
        var second = calls.call(EventsModel.LIST_RULES, new ListRulesRequest("rule-", null, first.nextToken(), 3));
        var third = calls.call(EventsModel.LIST_RULES, new ListRulesRequest("rule-", null, second.nextToken(), 3));
        assertThat(List.of(names(first), names(second), names(third)))
                .containsExactly(
                        List.of("rule-0", "rule-1", "rule-2"),
                        List.of("rule-3", "rule-4", "rule-5"),
                        List.of("rule-6"));
        assertThat(third.nextToken()).isNull();
        refused(
                "ValidationException",
                "Parameter NextToken is not valid.",
                () -> calls.call(EventsModel.LIST_RULES, new ListRulesRequest(null, null, "%%", 3)));
    }

    @Test
    void rulesAreFoundByTarget() {
        putRule("a", null);
        putRule("b", null);
        putTarget("b", null, target("1"));
        assertThat(calls.call(
                                EventsModel.LIST_RULE_NAMES_BY_TARGET,
                                new ListRuleNamesByTargetRequest(FUNCTION, null, null, null))
                        .ruleNames())
                .containsExactly("b");
    }

    @Test
    void removingTargetsTellsUnknownIds() {
        putRule("r", null);
        putTarget("r", null, target("1"));
        var answer =
                calls.call(EventsModel.REMOVE_TARGETS, new RemoveTargetsRequest("r", null, List.of("1", "2"), null));
        assertThat(answer.failedEntryCount()).isEqualTo(1);
        assertThat(answer.failedEntries()).singleElement().satisfies(entry -> {
            assertThat(entry.targetId()).isEqualTo("2");
            assertThat(entry.errorCode()).isEqualTo("ResourceNotFoundException");
        });
        assertThat(targetsOf("r", null)).isEmpty();
    }

    @Test
    void tagsComeAndGo() {
        var bus = createBus("orders");
        calls.call(
                EventsModel.TAG_RESOURCE, new TagResourceRequest(bus, List.of(new Tag("b", "2"), new Tag("a", "1"))));
        calls.call(EventsModel.UNTAG_RESOURCE, new UntagResourceRequest(bus, List.of("b")));
        assertThat(calls.call(EventsModel.LIST_TAGS_FOR_RESOURCE, new ListTagsForResourceRequest(bus))
                        .tags())
                .containsExactly(new Tag("a", "1"));
        refused(
                "ResourceNotFoundException",
                "Rule nope does not exist on EventBus orders.",
                () -> calls.call(
                        EventsModel.LIST_TAGS_FOR_RESOURCE,
                        new ListTagsForResourceRequest(bus.replace("event-bus/orders", "rule/orders/nope"))));
        refused(
                "ValidationException",
                "Parameter nonsense is not valid. Reason: Provided Arn is not in correct format.",
                () -> calls.call(EventsModel.LIST_TAGS_FOR_RESOURCE, new ListTagsForResourceRequest("nonsense")));
    }

    @Test
    void quotasHold() {
        IntStream.range(0, 300).forEach(i -> putRule("r" + i, null));
        refused(
                "LimitExceededException",
                "The requested resource exceeds the maximum number allowed.",
                () -> putRule("one-more", null));
        putRule("r0", null);
    }

    @Test
    void everythingSurvivesAReopen() {
        createBus("orders");
        putRule("r", "orders");
        putTarget("r", "orders", target("1"));
        reopen();
        assertThat(calls.call(EventsModel.LIST_TARGETS_BY_RULE, new ListTargetsByRuleRequest("r", "orders", null, null))
                        .targets())
                .containsExactly(target("1"));
        assertThat(buses.rulesOf(new BusName(Calls.HERE, "orders"))
                        .orElseThrow()
                        .matching("{\"source\":\"a\"}"))
                .extracting(Rule::name)
                .containsExactly("r");
    }
}
