// SPDX-License-Identifier: Apache-2.0
package dev.clew.monitor.logs;

import static dev.clew.monitor.logs.LogBench.NOW;
import static dev.clew.monitor.logs.LogBench.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.Scope;
import dev.clew.monitor.api.logs.CreateLogGroupRequest;
import dev.clew.monitor.api.logs.CreateLogStreamRequest;
import dev.clew.monitor.api.logs.DeleteLogGroupRequest;
import dev.clew.monitor.api.logs.DeleteRetentionPolicyRequest;
import dev.clew.monitor.api.logs.DescribeLogGroupsRequest;
import dev.clew.monitor.api.logs.DescribeLogGroupsResponse;
import dev.clew.monitor.api.logs.ListTagsForResourceRequest;
import dev.clew.monitor.api.logs.ListTagsLogGroupRequest;
import dev.clew.monitor.api.logs.LogGroup;
import dev.clew.monitor.api.logs.LogsModel;
import dev.clew.monitor.api.logs.PutRetentionPolicyRequest;
import dev.clew.monitor.api.logs.TagLogGroupRequest;
import dev.clew.monitor.api.logs.TagResourceRequest;
import dev.clew.monitor.api.logs.UntagLogGroupRequest;
import dev.clew.monitor.api.logs.UntagResourceRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupOperationsTest {
    private static final String NO_GROUP = "The specified log group does not exist.";

    private final LogBench bench = new LogBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private DescribeLogGroupsResponse describe(DescribeLogGroupsRequest.Builder request) {
        return bench.call(LogsModel.DESCRIBE_LOG_GROUPS, request.build());
    }

    private static List<String> names(DescribeLogGroupsResponse response) {
        return Objects.requireNonNull(response.logGroups()).stream()
                .map(group -> Objects.requireNonNull(group.logGroupName()))
                .toList();
    }

    private LogGroup only() {
        var groups = Objects.requireNonNull(
                describe(DescribeLogGroupsRequest.builder()).logGroups());
        assertThat(groups).hasSize(1);
        return groups.getFirst();
    }

    @Test
    void describesWhatWasCreated() {
        bench.createGroup("/aws/lambda/order");
        var group = only();
        assertThat(group.logGroupName()).isEqualTo("/aws/lambda/order");
        assertThat(group.arn()).isEqualTo("arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/order:*");
        assertThat(group.logGroupArn()).isEqualTo("arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/order");
        assertThat(group.creationTime()).isEqualTo(NOW);
        assertThat(group.retentionInDays()).isNull();
        assertThat(group.storedBytes()).isZero();
        assertThat(group.metricFilterCount()).isZero();
        assertThat(group.logGroupClass()).isEqualTo("STANDARD");
    }

    @Test
    void countsStoredBytesWithTheOverheadOfEachEvent() {
        bench.createGroup("g");
        bench.createStream("g", "s");
        bench.put("g", "s", event(NOW, "12345"), event(NOW, "é"));
        assertThat(only().storedBytes()).isEqualTo(5 + 26 + 2 + 26);
    }

    @Test
    void refusesASecondGroupOfTheSameName() {
        bench.createGroup("g");
        bench.assertRefused(
                LogsModel.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder().logGroupName("g").build(),
                "ResourceAlreadyExistsException",
                "The specified log group already exists");
    }

    @Test
    void refusesReservedNamesAndEncryption() {
        bench.assertRefused(
                LogsModel.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder().logGroupName("AWS/x").build(),
                "InvalidParameterException",
                "Log groups starting with AWS/ are reserved for AWS.");
        bench.assertRefused(
                LogsModel.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder().logGroupName("g").kmsKeyId("k").build(),
                "InvalidParameterException",
                "kmsKeyId: log groups are not encrypted here.");
    }

    @Test
    void keepsAccountsAndRegionsApart() {
        bench.createGroup("g");
        var elsewhere = new Scope("111111111111", "eu-west-1");
        bench.call(
                elsewhere,
                LogsModel.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder().logGroupName("g").build());
        bench.call(elsewhere, LogsModel.DELETE_LOG_GROUP, new DeleteLogGroupRequest("g"));
        assertThat(names(describe(DescribeLogGroupsRequest.builder()))).containsExactly("g");
    }

    @Test
    void listsByPrefixOrPattern() {
        for (var name : List.of("/aws/lambda/order", "/aws/lambda/payment", "/other/order")) {
            bench.createGroup(name);
        }
        assertThat(names(describe(DescribeLogGroupsRequest.builder().logGroupNamePrefix("/aws/"))))
                .containsExactly("/aws/lambda/order", "/aws/lambda/payment");
        assertThat(names(describe(DescribeLogGroupsRequest.builder().logGroupNamePattern("order"))))
                .containsExactly("/aws/lambda/order", "/other/order");
        assertThat(names(describe(DescribeLogGroupsRequest.builder().logGroupNamePattern("ORDER"))))
                .isEmpty();
        assertThat(names(describe(DescribeLogGroupsRequest.builder().logGroupClass("INFREQUENT_ACCESS"))))
                .isEmpty();
        bench.assertRefused(
                LogsModel.DESCRIBE_LOG_GROUPS,
                DescribeLogGroupsRequest.builder()
                        .logGroupNamePrefix("a")
                        .logGroupNamePattern("b")
                        .build(),
                "InvalidParameterException",
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }

    @Test
    void pagesThroughGroupsThatComeAndGo() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            bench.createGroup("g" + i);
            expected.add("g" + i);
        }
        var found = new ArrayList<String>();
        String token = null;
        do {
            var page = describe(DescribeLogGroupsRequest.builder().limit(3).nextToken(token));
            assertThat(page.logGroups()).hasSizeLessThanOrEqualTo(3);
            found.addAll(names(page));
            token = page.nextToken();
            if (found.size() == 3) {
                bench.call(LogsModel.DELETE_LOG_GROUP, new DeleteLogGroupRequest("g3"));
                expected.remove("g3");
            }
        } while (token != null);
        assertThat(found).isEqualTo(expected);
        bench.assertRefused(
                LogsModel.DESCRIBE_LOG_GROUPS,
                DescribeLogGroupsRequest.builder().nextToken("§").build(),
                "InvalidParameterException",
                "The specified nextToken is invalid.");
    }

    @Test
    void forgetsADeletedGroupWithItsStreamsAndEvents() {
        bench.createGroup("g");
        bench.createGroup("h");
        bench.createStream("g", "s");
        bench.createStream("h", "s");
        bench.put("g", "s", event(NOW, "old"));
        bench.put("h", "s", event(NOW, "other"));
        bench.call(LogsModel.DELETE_LOG_GROUP, new DeleteLogGroupRequest("g"));
        bench.assertRefused(
                LogsModel.DELETE_LOG_GROUP, new DeleteLogGroupRequest("g"), "ResourceNotFoundException", NO_GROUP);
        bench.createGroup("g");
        bench.createStream("g", "s");
        assertThat(bench.messages("g", "s")).isEmpty();
        assertThat(bench.messages("h", "s")).containsExactly("other");
    }

    @Test
    void keepsLinesWrittenBeforeADeletionFromBringingTheGroupBack() {
        bench.append("g", "s", NOW, "late line");
        bench.call(LogsModel.DELETE_LOG_GROUP, new DeleteLogGroupRequest("g"));
        bench.archive().flush();
        assertThat(names(describe(DescribeLogGroupsRequest.builder()))).isEmpty();
    }

    @Test
    void setsAndRemovesRetention() {
        bench.createGroup("g");
        bench.call(LogsModel.PUT_RETENTION_POLICY, new PutRetentionPolicyRequest("g", 7));
        assertThat(only().retentionInDays()).isEqualTo(7);
        bench.restart();
        assertThat(only().retentionInDays()).isEqualTo(7);
        bench.call(LogsModel.DELETE_RETENTION_POLICY, new DeleteRetentionPolicyRequest("g"));
        assertThat(only().retentionInDays()).isNull();
        bench.assertRefused(
                LogsModel.PUT_RETENTION_POLICY,
                new PutRetentionPolicyRequest("g", 2),
                "InvalidParameterException",
                "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,"
                        + " 1096, 1827, 2192, 2557, 2922, 3288, 3653]");
        bench.assertRefused(
                LogsModel.PUT_RETENTION_POLICY,
                new PutRetentionPolicyRequest("none", 1),
                "ResourceNotFoundException",
                NO_GROUP);
    }

    @Test
    void tagsByArnAndByName() {
        var arn = "arn:aws:logs:us-east-1:111111111111:log-group:/a/b";
        bench.call(
                LogsModel.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder()
                        .logGroupName("/a/b")
                        .tags(Map.of("team", "x"))
                        .build());
        bench.call(LogsModel.TAG_RESOURCE, new TagResourceRequest(arn, Map.of("env", "dev", "team", "y")));
        bench.call(LogsModel.TAG_LOG_GROUP, new TagLogGroupRequest("/a/b", Map.of("cost", "1")));
        assertThat(bench.call(LogsModel.LIST_TAGS_FOR_RESOURCE, new ListTagsForResourceRequest(arn + ":*"))
                        .tags())
                .isEqualTo(Map.of("env", "dev", "team", "y", "cost", "1"));
        bench.call(LogsModel.UNTAG_RESOURCE, new UntagResourceRequest(arn, List.of("env", "none")));
        bench.call(LogsModel.UNTAG_LOG_GROUP, new UntagLogGroupRequest("/a/b", List.of("cost")));
        bench.restart();
        assertThat(bench.call(LogsModel.LIST_TAGS_LOG_GROUP, new ListTagsLogGroupRequest("/a/b"))
                        .tags())
                .isEqualTo(Map.of("team", "y"));
    }

    @Test
    void refusesTagsThatAreTooManyReservedOrOfNothing() {
        bench.createGroup("g");
        var many = new HashMap<String, String>();
        for (int i = 0; i < 50; i++) {
            many.put("k" + i, "v");
        }
        bench.call(LogsModel.TAG_LOG_GROUP, new TagLogGroupRequest("g", many));
        bench.assertRefused(
                LogsModel.TAG_LOG_GROUP,
                new TagLogGroupRequest("g", Map.of("one", "more")),
                "TooManyTagsException",
                "A log group can have no more than 50 tags.");
        bench.assertRefused(
                LogsModel.TAG_LOG_GROUP,
                new TagLogGroupRequest("g", Map.of("aws:x", "y")),
                "InvalidParameterException",
                "Tag key 'aws:x': aws: is a reserved prefix.");
        for (var arn : List.of(
                "arn:aws:logs:us-east-1:111111111111:log-group:none",
                "arn:aws:logs:eu-west-1:111111111111:log-group:g",
                "arn:aws:lambda:us-east-1:111111111111:function:g",
                "g",
                "")) {
            bench.assertRefused(
                    LogsModel.LIST_TAGS_FOR_RESOURCE,
                    new ListTagsForResourceRequest(arn),
                    "ResourceNotFoundException",
                    NO_GROUP);
        }
    }

    @Test
    void bindsOrDeclaresEveryOperation() {
        assertThat(bench.archive().binding().bound()).hasSize(18);
        bench.assertRefused(
                LogsModel.CREATE_LOG_STREAM,
                new CreateLogStreamRequest("none", "s"),
                "ResourceNotFoundException",
                NO_GROUP);
    }
}
