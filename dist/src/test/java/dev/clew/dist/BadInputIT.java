// SPDX-License-Identifier: Apache-2.0
package dev.clew.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Nonsense gets the modelled error or is counted as dropped, and the server goes on. */
class BadInputIT {
    private static final String ROLE = "arn:aws:iam::111111111111:role/bad";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theServerIsUnharmed() {
        assertThat(server.alive()).isTrue();
        assertThat(form("Action=GetCallerIdentity&Version=2011-06-15").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        AWSEvents.PutEvents       | {"Entries":            | 400 | SerializationException
        AWSEvents.PutEvents       | []                     | 400 | SerializationException
        AWSEvents.PutEvents       | {"Entries":"many"}     | 400 | SerializationException
        AWSEvents.PutEvents       | {}                     | 400 | ValidationException
        AWSEvents.PutEvents       | {"Entries":[]}         | 400 | ValidationException
        AWSEvents.Fly             | {}                     | 400 | UnknownOperationException
        Nobody.Knows              | {}                     | 400 | UnknownOperationException
        AWSEvents.CreateEndpoint  | {"Name":"a"}           | 501 | NotImplemented
        AWSEvents.PutRule         | {"Name":"r","EventPattern":"{"} | 400 | InvalidEventPatternException
        AWSEvents.DescribeEventBus | {"Name":"none"}       | 400 | ResourceNotFoundException
        """)
    void awsJson(String target, String body, int status, String code) {
        var answer = json(target, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Action=Fly&Version=2011-06-15                                  | 400 | InvalidAction
        Action=GetRole&Version=2010-05-08&RoleName=none                | 404 | NoSuchEntity
        Action=GetRole&Version=2010-05-08                              | 400 | ValidationError
        Action=CreateUser&Version=2010-05-08&UserName=u                | 501 | NotImplemented
        """)
    void awsQuery(String body, int status, String code) {
        var answer = form(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("<Code>" + code);
    }

    @Test
    void functionsRefuseWhatTheyCannotRun() {
        assertThat(rest("POST", "/2015-03-31/functions", "not json").statusCode())
                .isEqualTo(400);
        var badZip = rest(
                "POST",
                "/2015-03-31/functions",
                "{\"FunctionName\":\"f\",\"Runtime\":\"python3.12\",\"Role\":\"" + ROLE
                        + "\",\"Handler\":\"a.b\",\"Code\":{\"ZipFile\":\"bm90IGEgemlw\"}}");
        assertThat(badZip.statusCode()).as(badZip.body()).isEqualTo(400);
        var badRole = rest(
                "POST",
                "/2015-03-31/functions",
                "{\"FunctionName\":\"f\",\"Runtime\":\"python3.12\",\"Role\":\"role\",\"Handler\":\"a.b\",\"Code\":{}}");
        assertThat(badRole.statusCode()).isEqualTo(400);
        assertThat(badRole.body()).contains("'role'").contains("failed to satisfy constraint");
        var none = rest("POST", "/2015-03-31/functions/none/invocations", "{}");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("Function not found: arn:aws:lambda:us-east-1:111111111111:function:none");
        var brokenArn = rest("GET", "/2015-03-31/functions/arn:aws:lambda:::f", "");
        assertThat(brokenArn.statusCode()).as(brokenArn.body()).isBetween(400, 404);
    }

    @Test
    void aHandlerThatIsNotThereIsAFunctionError() {
        Tools.needPython();
        var system = JsonMapper.shared().readTree(createFunction("handlerless", "absent.handler", 3, "pass"));
        assertThat(system.has("FunctionArn")).as("%s", system).isTrue();
        var answer = rest("POST", "/2015-03-31/functions/handlerless/invocations", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body()).contains("Runtime.ImportModuleError").contains("Unable to import module 'absent'");
    }

    @Test
    void aFunctionThatNeverAnswersTimesOut() {
        Tools.needPython();
        createFunction(
                "endless", "index.handler", 1, "import time\ndef handler(event, context):\n    time.sleep(3600)\n");
        var answer = rest("POST", "/2015-03-31/functions/endless/invocations", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Sandbox.Timedout").contains("Task timed out after 1.00 seconds");
    }

    @Test
    void aTenMegabyteBodyIsRefusedWhereItIsTooLarge() {
        var large = "x".repeat(10 * 1024 * 1024 + 1);
        assertThat(json(
                                "AWSEvents.PutEvents",
                                "{\"Entries\":[{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{\\\"x\\\":\\\""
                                        + large + "\\\"}\"}]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(rest("POST", "/2015-03-31/functions/none/invocations", "\"" + large + "\"")
                        .statusCode())
                .isIn(404, 413);
        assertThat(rest("POST", "/TraceSegments", "{\"TraceSegmentDocuments\":[\"" + large + "\"]}")
                        .statusCode())
                .isIn(200, 400, 413);
    }

    @Test
    void pagesOfOtherOriginsAndReboundNamesAreRefused() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.endpoint())
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"));
        assertThat(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void garbageOnTheDaemonsPortIsCountedAndDropped() throws IOException, InterruptedException {
        var health = JsonMapper.shared().readTree(get("/_clew/health").body());
        var daemon = health.get("daemon").asString();
        int port = Integer.parseInt(daemon.substring(daemon.lastIndexOf(':') + 1));
        var random = new SplittableRandom(1);
        try (var socket = new DatagramSocket()) {
            for (int i = 0; i < 200; i++) {
                var garbage = new byte[random.nextInt(1, 2_000)];
                random.nextBytes(garbage);
                socket.send(new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(), port));
            }
            var broken = "{\"format\":\"json\",\"version\":1}\n{\"trace_id\":".getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(broken, broken.length, InetAddress.getLoopbackAddress(), port));
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (dropped() < 100) { // the operating system may drop some before we see them
            assertThat(System.nanoTime()).as("dropped datagrams are counted").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static long dropped() {
        return get("/_clew/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("traces_daemon_datagrams_dropped_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String createFunction(String name, String handler, int timeout, String code) {
        form("Action=CreateRole&Version=2010-05-08&RoleName=bad&AssumeRolePolicyDocument="
                + URLEncoder.encode(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}",
                        StandardCharsets.UTF_8));
        var answer = rest(
                "POST",
                "/2015-03-31/functions",
                "{\"FunctionName\":\"%s\",\"Runtime\":\"python3.12\",\"Role\":\"%s\",\"Handler\":\"%s\",\"Timeout\":%d,\"Code\":{\"ZipFile\":\"%s\"}}"
                        .formatted(name, ROLE, handler, timeout, zip(code)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    private static String zip(String code) {
        var packed = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write(code.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static HttpResponse<String> json(String target, String body) {
        return send(HttpRequest.newBuilder(server.endpoint())
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> form(String body) {
        return send(HttpRequest.newBuilder(server.endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> rest(String method, String path, String body) {
        return send(HttpRequest.newBuilder(server.endpoint().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.endpoint().resolve(path)).GET());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
