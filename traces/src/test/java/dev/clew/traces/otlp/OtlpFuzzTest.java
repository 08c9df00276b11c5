// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.ManualClock;
import dev.clew.traces.XRay;
import dev.clew.traces.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever exporters send is answered, and what is stored of it can be asked for. */
class OtlpFuzzTest {
    private static final List<Integer> ANSWERS = List.of(200, 400, 413, 415);

    private static ObjectNode request() {
        var root = Otlp.span("00000000000000a1", "", 2, "GET /orders");
        root.set("attributes", Otlp.attributes(JsonMapper.shared().readTree("""
            {"http.method":"GET","http.url":"http://shop.example/orders","http.status_code":503,"enduser.id":"u",
            "aws.xray.annotations":["a","b"],"a":1,"b":1.5e300,"list":[1,"x",true],"deep":{"x":{"y":{"z":1}}}}
            """)));
        root.putArray("events")
                .addObject()
                .put("name", "exception")
                .put("timeUnixNano", Otlp.NOW.toString())
                .set("attributes", Otlp.attributes(JsonMapper.shared().readTree("""
                    {"exception.type":"java.lang.IllegalStateException","exception.message":"no",
                    "exception.stacktrace":"java.lang.IllegalStateException: no\\n\\tat a.B.c(B.java:12)\\nCaused by: x.Y: z\\n\\tat q.R.s(R.java)"}
                    """)));
        root.putArray("links").addObject().put("traceId", Otlp.TRACE).put("spanId", "00000000000000b7");
        var call = Otlp.span("00000000000000a2", "00000000000000a1", 3, "SELECT");
        call.set("attributes", Otlp.attributes(JsonMapper.shared().readTree("""
            {"db.system":"postgresql","db.name":"orders","db.statement":"SELECT 1","aws.span.kind":"LOCAL_ROOT"}
            """)));
        call.putObject("status").put("code", 2).put("message", "broken");
        return Otlp.requestOf(JsonMapper.shared().readTree("""
            {"service.name":"shop","telemetry.sdk.language":"java","cloud.provider":"aws","cloud.platform":"aws_ec2","host.id":"i-1"}
            """), root, call);
    }

    private static void ask(XRay xray) {
        var from = ManualClock.START.minus(Duration.ofHours(12));
        xray.summaries(from, from.plus(Duration.ofHours(24)), "fault OR annotation.a > 0 OR duration > 1");
        if (xray.get(XRay.TRACE) != null) {
            xray.documents(XRay.TRACE);
            JsonMapper.shared().readTree(xray.traces().otlp().read(XRay.SCOPE, XRay.TRACE));
        }
    }

    @Test
    void json() {
        var good = request().toString().getBytes(StandardCharsets.UTF_8);
        Fuzz.run(400, random -> {
            var xray = new XRay();
            var answer = Otlp.post(xray, "application/json", Fuzz.mutant(good, random));
            assertThat(ANSWERS).contains(answer.status());
            JsonMapper.shared().readTree(answer.text());
            ask(xray);
        });
    }

    @Test
    void protobuf() {
        var good = Otlp.protobuf(request());
        Fuzz.run(400, random -> {
            var xray = new XRay();
            var answer = Otlp.post(xray, "application/x-protobuf", Fuzz.mutant(good, random));
            assertThat(ANSWERS).contains(answer.status());
            ask(xray);
        });
    }

    @Test
    void gzip() {
        var good = Otlp.gzip(request().toString().getBytes(StandardCharsets.UTF_8));
        Fuzz.run(400, random -> {
            var xray = new XRay();
            var answer = Otlp.post(xray, "application/json", Fuzz.mutant(good, random), "Content-Encoding", "gzip");
            assertThat(ANSWERS).contains(answer.status());
            ask(xray);
        });
    }
}
