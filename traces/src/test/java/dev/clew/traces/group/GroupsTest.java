// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.api.CreateGroupRequest;
import dev.clew.traces.api.DeleteGroupRequest;
import dev.clew.traces.api.GetGroupRequest;
import dev.clew.traces.api.GetGroupsRequest;
import dev.clew.traces.api.GetServiceGraphRequest;
import dev.clew.traces.api.GetServiceGraphResult;
import dev.clew.traces.api.GetTimeSeriesServiceStatisticsRequest;
import dev.clew.traces.api.Group;
import dev.clew.traces.api.GroupSummary;
import dev.clew.traces.api.InsightsConfiguration;
import dev.clew.traces.api.Service;
import dev.clew.traces.api.TraceSummary;
import dev.clew.traces.api.UpdateGroupRequest;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.filter.Corpus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final Instant NOON = ManualClock.START;
    private final XRay xray = new XRay();

    private Group create(String name, @Nullable String expression) {
        var request = CreateGroupRequest.builder().groupName(name).filterExpression(expression);
        return Objects.requireNonNull(
                xray.call(XrayModel.CREATE_GROUP, request.build()).group());
    }

    private @Nullable Group get(String name) {
        return xray.call(
                        XrayModel.GET_GROUP,
                        GetGroupRequest.builder().groupName(name).build())
                .group();
    }

    private void update(String name, String expression) {
        xray.call(
                XrayModel.UPDATE_GROUP,
                UpdateGroupRequest.builder()
                        .groupName(name)
                        .filterExpression(expression)
                        .build());
    }

    private List<String> names() {
        return Objects.requireNonNull(xray.call(
                                XrayModel.GET_GROUPS, GetGroupsRequest.builder().build())
                        .groups())
                .stream()
                .map(GroupSummary::groupName)
                .toList();
    }

    private void putCorpus() {
        Corpus.documents().values().forEach(xray::put);
    }

    private GetServiceGraphResult graph(@Nullable String group) {
        return xray.call(
                XrayModel.GET_SERVICE_GRAPH,
                GetServiceGraphRequest.builder()
                        .startTime(NOON.minusSeconds(60))
                        .endTime(NOON.plusSeconds(60))
                        .groupName(group)
                        .build());
    }

    private static TreeSet<String> roots(GetServiceGraphResult graph) {
        var roots = new TreeSet<String>();
        for (var service : Objects.requireNonNull(graph.services())) {
            if (Boolean.TRUE.equals(service.root())) {
                roots.add(Objects.requireNonNull(service.name()));
            }
        }
        return roots;
    }

    private List<String> found(String expression) {
        var found = new ArrayList<String>();
        for (TraceSummary summary : xray.summaries(NOON.minusSeconds(60), NOON.plusSeconds(60), expression)) {
            found.add(Objects.requireNonNull(summary.id()));
        }
        return found;
    }

    @Test
    void keepsGroupsAcrossARestart() {
        var created = create("slow-ones", "responsetime > 1");
        assertThat(created.groupARN()).matches("arn:aws:xray:us-east-1:111111111111:group/slow-ones/[A-Z2-7]{32}");
        assertThat(created.insightsConfiguration()).isEqualTo(new InsightsConfiguration(false, false));

        xray.crash();

        assertThat(get("slow-ones")).isEqualTo(created);
        assertThat(names()).containsExactly("Default", "slow-ones");
        var byArn = xray.call(
                XrayModel.GET_GROUP,
                GetGroupRequest.builder().groupARN(created.groupARN()).build());
        assertThat(byArn.group()).isEqualTo(created);
    }

    @Test
    void refusesWhatNoGroupCanBe() {
        create("one", null);
        assertThatThrownBy(() -> create("one", null)).hasMessage("GroupName: 'one' exists already");
        assertThatThrownBy(() -> create("Default", null)).hasMessage("GroupName: 'Default' exists already");
        assertThatThrownBy(() -> create("a b", null)).hasMessageStartingWith("GroupName: 'a b' (expected: ");
        assertThatThrownBy(() -> create("bad", "statuscode = 5"))
                .hasMessageStartingWith("Invalid input symbol 'statuscode' at column 1");
        assertThatThrownBy(() -> create("nested", "group.name = \"one\""))
                .hasMessageContaining("no group.name or group.arn");
        assertThatThrownBy(() -> get("none")).hasMessage("Group: 'none' (expected: a group that exists)");
        assertThatThrownBy(() ->
                        xray.call(XrayModel.GET_GROUP, GetGroupRequest.builder().build()))
                .hasMessageContaining("GroupName or GroupARN");
        assertThatThrownBy(() -> update("Default", "ok")).hasMessageContaining("holds all traces");
        assertThatThrownBy(() -> xray.call(
                        XrayModel.DELETE_GROUP,
                        DeleteGroupRequest.builder().groupName("Default").build()))
                .hasMessage("The Default group cannot be deleted");
        for (int i = 2; i <= 25; i++) {
            create("g" + i, null);
        }
        assertThatThrownBy(() -> create("g26", null)).hasMessage("Groups: 25 (expected: no more)");
    }

    @Test
    void notifiesOnlyOfInsights() {
        create("one", null);
        var request = UpdateGroupRequest.builder().groupName("one");
        assertThatThrownBy(() -> xray.call(
                        XrayModel.UPDATE_GROUP,
                        request.insightsConfiguration(new InsightsConfiguration(false, true))
                                .build()))
                .hasMessageContaining("NotificationsEnabled");
        var updated = xray.call(
                XrayModel.UPDATE_GROUP,
                request.insightsConfiguration(new InsightsConfiguration(true, true))
                        .build());
        assertThat(Objects.requireNonNull(updated.group()).insightsConfiguration())
                .isEqualTo(new InsightsConfiguration(true, true));
    }

    @Test
    void drawsTheGraphOfAGroupsTraces() {
        create("faults", "fault");
        putCorpus();

        assertThat(roots(graph("faults"))).containsExactly("A", "shop");
        assertThat(roots(graph("Default"))).isEqualTo(roots(graph(null))).contains("cron", "api.example.com");
        assertThatThrownBy(() -> graph("none")).hasMessageContaining("a group that exists");
    }

    @Test
    void countsTheRequestsOfAGroupsTraces() {
        create("faults", "fault");
        putCorpus();
        var series = xray.call(
                XrayModel.GET_TIME_SERIES_SERVICE_STATISTICS,
                GetTimeSeriesServiceStatisticsRequest.builder()
                        .startTime(NOON)
                        .endTime(NOON.plusSeconds(60))
                        .groupName("faults")
                        .build());
        assertThat(Objects.requireNonNull(series.timeSeriesServiceStatistics()))
                .singleElement()
                .satisfies(bucket -> assertThat(Objects.requireNonNull(bucket.edgeSummaryStatistics())
                                .totalCount())
                        .isEqualTo(2));
    }

    @Test
    void keepsTracesInTheGroupThatTheyCameIntoUntilTheyChange() {
        create("mine", "fault");
        putCorpus();
        assertThat(graph("mine").containsOldGroupVersions()).isFalse();

        update("mine", "error");

        var graph = graph("mine");
        assertThat(roots(graph)).containsExactly("A", "shop");
        assertThat(graph.containsOldGroupVersions()).isTrue();
        assertThat(found("group.name = \"mine\"")).containsExactly(Corpus.id(3).text());

        xray.put(Objects.requireNonNull(Corpus.documents().get("lambda"))
                .getFirst()
                .replace("\"name\":\"fn\"", "\"name\":\"fn2\""));
        assertThat(roots(graph("mine"))).containsExactly("A", "fn2", "shop");
    }

    @Test
    void forgetsTheTracesOfAGroupThatWasDeletedAndMadeAgain() {
        create("mine", "fault");
        putCorpus();
        assertThat(graph("mine").services()).isNotEmpty();
        xray.call(
                XrayModel.DELETE_GROUP,
                DeleteGroupRequest.builder().groupName("mine").build());
        assertThat(names()).containsExactly("Default");
        create("mine", "fault");

        assertThat(Objects.requireNonNull(graph("mine").services()))
                .extracting(Service::name)
                .isEmpty();
        assertThat(found("fault")).hasSize(2);
    }

    @Test
    void findsByGroup() {
        var group = create("faults", "fault");
        putCorpus();
        assertThat(found("group.name = \"faults\"")).hasSize(2);
        assertThat(found("group.arn = \"" + group.groupARN() + "\" AND user = \"carol\""))
                .hasSize(1);
        assertThat(found("group.name != \"faults\"")).hasSize(7);
        assertThat(found("group.name = \"Default\"")).hasSize(9);
    }

    @Test
    void findsEveryExpressionOfTheCorpusThroughTheApi() {
        create("faults", "fault");
        create("slow", "responsetime >= 2");
        putCorpus();
        var names = List.copyOf(Corpus.documents().keySet());
        for (var line : Corpus.valid()) {
            if (!line.expression().contains("group.arn")) {
                assertThat(found(line.expression()))
                        .as(line.expression())
                        .containsExactlyInAnyOrderElementsOf(line.matches().stream()
                                .map(name -> Corpus.id(names.indexOf(name)).text())
                                .toList());
            }
        }
    }
}
