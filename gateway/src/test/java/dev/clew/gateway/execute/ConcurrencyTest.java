// SPDX-License-Identifier: Apache-2.0
package dev.clew.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.core.TaskGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@NullUnmarked // optional members of the answers are asserted, not guarded
class ConcurrencyTest extends Fixture {
    @Test
    void mixesNoRequestsUpWhileTheStageChanges() throws Exception {
        var api = api("POST", "orders", "{id}");
        console.replaceInStage(api, "prod", "/tracingEnabled", "true");
        function = request -> {
            var id = JsonMapper.shared()
                    .readTree(request.payload())
                    .at("/pathParameters/id")
                    .asString();
            return succeeded("{\"body\": \"" + id + ' ' + request.trace().root() + "\"}");
        };
        var traces = new ConcurrentHashMap<String, String>();
        try (var orders = TaskGroup.open("orders")) {
            for (int i = 0; i < 200; i++) {
                var id = "customer" + i;
                if (i % 20 == 0) {
                    console.replaceInStage(api, "prod", "/description", id);
                }
                orders.fork(() -> {
                    var answer =
                            send("POST", api, "/prod/orders/" + id, "").text().split(" ");
                    assertThat(answer[0]).isEqualTo(id);
                    traces.put(answer[1], id);
                    return null;
                });
            }
            orders.join(Duration.ofMinutes(1));
        }
        assertThat(traces).hasSize(200);
        var recorded = new HashMap<String, String>();
        for (var document : segments()) {
            var segment = JsonMapper.shared().readTree(document);
            var url = segment.at("/http/request/url").asString();
            recorded.put(segment.get("trace_id").asString(), url.substring(url.lastIndexOf('/') + 1));
        }
        assertThat(recorded).isEqualTo(traces);
    }

    @Test
    void writesInTheCallersTimeWhenTooMuchIsUnderWay() throws InterruptedException {
        var afterwards = new Afterwards();
        var opened = new CountDownLatch(1);
        var done = new AtomicInteger();
        for (int i = 0; i < 512; i++) {
            afterwards.run(() -> {
                try {
                    opened.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                done.incrementAndGet();
            });
        }
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        afterwards.run(() -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(afterwards.drain(Duration.ZERO)).isFalse();
        opened.countDown();
        assertThat(afterwards.drain(Duration.ofMinutes(1))).isTrue();
        assertThat(done).hasValue(512);
    }
}
