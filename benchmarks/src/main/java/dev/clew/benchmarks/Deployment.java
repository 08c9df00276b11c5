// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What the measurements run against: a function that does nothing behind an API, and one that notes how old each event is
 * behind a bus with a hundred rules.
 *
 * @param path of the method, below the endpoint
 * @param latencies file to which the second function appends one line of milliseconds per event
 */
record Deployment(String path, String bus, Path latencies) {
    private static final int RULES = 100;
    private static final String ACCOUNT = "111111111111";
    private static final String TRUST = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},\
        "Action":"sts:AssumeRole"}]}\
        """;
    private static final String NOTHING = """
        def handler(event, context):
            return {"statusCode": 200, "body": "{}"}
        """;
    private static final String AGE = """
        import os, time
        out = open(os.environ["OUT"], "a", buffering=1)
        def handler(event, context):
            out.write("%f\\n" % (time.time() * 1000 - event["detail"]["at"]))
        """;

    static Deployment make(Api api, Path folder) {
        api.query("Action=CreateRole&Version=2010-05-08&RoleName=bench&AssumeRolePolicyDocument="
                + URLEncoder.encode(TRUST, StandardCharsets.UTF_8));
        var latencies = folder.resolve("latencies");
        var nothing = function(api, "nothing", NOTHING, "");
        var age = function(api, "age", AGE, latencies.toString());
        return new Deployment(gateway(api, nothing), bus(api, age), latencies);
    }

    private static String function(Api api, String name, String code, String out) {
        return api.rest("POST", "/2015-03-31/functions", """
            {"FunctionName":"%s","Runtime":"python3.12","Handler":"index.handler","Timeout":30,
             "Role":"arn:aws:iam::%s:role/bench","Environment":{"Variables":{"OUT":"%s"}},
             "Code":{"ZipFile":"%s"}}\
            """.formatted(name, ACCOUNT, out, zip(code)))
                .get("FunctionArn")
                .asString();
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

    private static String gateway(Api api, String function) {
        var rest =
                api.rest("POST", "/restapis", "{\"name\":\"bench\"}").get("id").asString();
        var root = api.rest("GET", "/restapis/" + rest + "/resources", "")
                .get("item")
                .get(0)
                .get("id")
                .asString();
        var method = "/restapis/" + rest + "/resources/" + root + "/methods/POST";
        api.rest("PUT", method, "{\"authorizationType\":\"NONE\"}");
        api.rest("PUT", method + "/integration", """
            {"type":"AWS_PROXY","httpMethod":"POST",
             "uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"}\
            """.formatted(function));
        api.rest("POST", "/restapis/" + rest + "/deployments", "{\"stageName\":\"prod\"}");
        permit(
                api,
                "nothing",
                "apigateway.amazonaws.com",
                "arn:aws:execute-api:us-east-1:" + ACCOUNT + ":" + rest + "/*");
        return "/_aws/execute-api/" + rest + "/prod/";
    }

    private static String bus(Api api, String function) {
        bus(api, "bench", RULES);
        target(api, "bench", "rule0", function, "");
        permit(api, "age", "events.amazonaws.com", "arn:aws:events:us-east-1:" + ACCOUNT + ":rule/bench/rule0");
        return "bench";
    }

    /** Makes a bus with so many rules: {@code rule0} takes the events of {@code source0}, and so on. */
    static void bus(Api api, String name, int rules) {
        api.call("AWSEvents.CreateEventBus", "{\"Name\":\"" + name + "\"}");
        for (int i = 0; i < rules; i++) {
            api.call("AWSEvents.PutRule", """
                {"Name":"rule%d","EventBusName":"%s","EventPattern":"{\\"source\\":[\\"source%d\\"],\\"detail\\":{\\"kind\\":[\\"k\\"]}}"}\
                """.formatted(i, name, i));
        }
    }

    /** Makes a bus whose {@code rule1} sends to an endpoint where nobody listens. */
    static void deadEnd(Api api, String name) {
        bus(api, name, 2);
        var connection =
                api.call("AWSEvents.CreateConnection", """
                    {"Name":"nobody","AuthorizationType":"API_KEY",
                     "AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"k","ApiKeyValue":"v"}}}\
                    """).get("ConnectionArn").asString();
        var destination = api.call("AWSEvents.CreateApiDestination", """
            {"Name":"nobody","ConnectionArn":"%s","InvocationEndpoint":"http://127.0.0.1:9/","HttpMethod":"POST"}\
            """.formatted(connection))
                .get("ApiDestinationArn")
                .asString();
        target(api, name, "rule1", destination, ",\"RoleArn\":\"arn:aws:iam::" + ACCOUNT + ":role/bench\"");
    }

    private static void target(Api api, String bus, String rule, String arn, String more) {
        api.call("AWSEvents.PutTargets", """
            {"Rule":"%s","EventBusName":"%s","Targets":[{"Id":"1","Arn":"%s"%s}]}\
            """.formatted(rule, bus, arn, more));
    }

    private static void permit(Api api, String function, String principal, String source) {
        api.rest("POST", "/2015-03-31/functions/" + function + "/policy", """
            {"StatementId":"bench","Action":"lambda:InvokeFunction","Principal":"%s","SourceArn":"%s"}\
            """.formatted(principal, source));
    }
}
