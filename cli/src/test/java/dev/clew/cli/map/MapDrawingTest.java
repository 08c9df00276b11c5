// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Screen;
import dev.clew.cli.trace.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapDrawingTest {
    @Test
    void drawsTheOrderSystemInEightyColumns() {
        Golden.assertDrawn(MapDrawing.draw(orders(3, 0), new Screen(80, false)), "map", "orders-80");
    }

    @Test
    void drawsSharesOfOutcomesInAWideTerminal() {
        Golden.assertDrawn(MapDrawing.draw(orders(40, 3), new Screen(140, false)), "map", "faults-140");
        Golden.assertDrawn(MapDrawing.draw(orders(40, 3), new Screen(80, true)), "map", "faults-80-colour");
    }

    @Test
    void drawsACircleThatNobodyEntersOnce() {
        var ring = new ServiceMap(List.of(
                node(0, "a", "", counts(2, 0, 10), edge(1, 2)), node(1, "b", "", counts(2, 0, 10), edge(0, 2))));
        assertThat(MapDrawing.draw(ring, new Screen(80, false)))
                .hasSize(4)
                .last()
                .asString()
                .contains("a ↑");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 60, 79, 80, 99, 100, 140, 300})
    void neverExceedsTheWidth(int width) {
        assertThat(MapDrawing.draw(orders(12_345, 17), new Screen(width, false)))
                .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(width));
    }

    /** As the API returns it: two nodes per function, one bus, and the way back to it. */
    static ServiceMap orders(long n, long faults) {
        return new ServiceMap(List.of(
                node(0, "distributed-tracing-api-qx7sg3/prod", "client", Counts.NONE, edge(1, n)),
                node(1, "distributed-tracing-api-qx7sg3/prod", "AWS::ApiGateway::Stage", counts(n, 0, 41), edge(2, n)),
                node(2, "order-service-qx7sg3", "AWS::Lambda", counts(n, 0, 39), edge(3, n)),
                node(3, "order-service-qx7sg3", "AWS::Lambda::Function", counts(n, 0, 36), edge(4, n)),
                node(4, "Events", "AWS::Events", counts(3 * n, 0, 6), edge(5, n), edge(7, n), edge(9, 2 * n)),
                node(5, "payment-service-qx7sg3", "AWS::Lambda", counts(n - faults, faults, 527), edge(6, n)),
                node(6, "payment-service-qx7sg3", "AWS::Lambda::Function", counts(n - faults, faults, 511), edge(4, n)),
                node(7, "inventory-service-qx7sg3", "AWS::Lambda", counts(n, 0, 18), edge(8, n)),
                node(8, "inventory-service-qx7sg3", "AWS::Lambda::Function", counts(n, 0, 10), edge(4, n)),
                node(9, "notification-service-qx7sg3", "AWS::Lambda", counts(2 * n, 0, 10), edge(10, 2 * n)),
                node(10, "notification-service-qx7sg3", "AWS::Lambda::Function", counts(2 * n, 0, 5))));
    }

    private static ServiceMap.Node node(int id, String name, String type, Counts counts, ServiceMap.Edge... edges) {
        return new ServiceMap.Node(id, name, type, false, counts, counts.average(), List.of(edges));
    }

    private static ServiceMap.Edge edge(int target, long calls) {
        return new ServiceMap.Edge(target, counts(calls, 0, 10), false);
    }

    private static Counts counts(long ok, long faults, long millis) {
        return new Counts(ok, 0, 0, faults, (ok + faults) * millis * 1_000);
    }
}
