// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import dev.clew.core.store.Store;
import dev.clew.testkit.ManualClock;
import dev.clew.testkit.MemoryStore;
import dev.clew.testkit.SequentialIds;
import dev.clew.wire.FrontDoor;
import dev.clew.wire.FrontDoorConfig;
import dev.clew.wire.auth.AuthMode;
import dev.clew.wire.auth.Signer;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import dev.clew.wire.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Identity behind the front door, called as a client calls it. */
final class Server {
    static final String ACCOUNT = "111111111111";
    static final String ROOT_KEY = "AKIAROOT";
    static final String ROOT_SECRET = "root-secret";
    static final String TRUST = trust("{\"Service\":\"lambda.amazonaws.com\"}");
    static final String ALLOW_ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    final ManualClock clock;
    final Identity identity;
    private final Store store;
    private final IdentityConfig config;
    private final FrontDoor door;
    private final FrontDoor verifying;

    private Server(Store store, ManualClock clock, IdentityConfig config) {
        var ids = new SequentialIds();
        this.store = store;
        this.clock = clock;
        this.config = config;
        this.identity = new Identity(store, clock, ids, new Random(1), config);
        this.door = door(AuthMode.OPEN, ids);
        this.verifying = door(AuthMode.VERIFY, ids);
    }

    private FrontDoor door(AuthMode mode, SequentialIds ids) {
        return new FrontDoor(identity.bindings(), identity.credentials(), mode, clock, ids, FrontDoorConfig.DEFAULTS);
    }

    static Server start() {
        return start(IdentityConfig.of(ACCOUNT, ROOT_KEY, ROOT_SECRET));
    }

    static Server start(IdentityConfig config) {
        return new Server(new MemoryStore(), new ManualClock(), config);
    }

    /** Another server on the same store. */
    Server restarted() {
        return new Server(store, clock, config);
    }

    /** A trust policy for sts:AssumeRole. */
    static String trust(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":\"sts:AssumeRole\"}]}";
    }

    Answer iam(String action, String... namesAndValues) {
        return as("anything", "iam", action, namesAndValues);
    }

    Answer sts(String action, String... namesAndValues) {
        return as("anything", "sts", action, namesAndValues);
    }

    /** A call signed with this access key, which nobody verifies. */
    Answer as(String accessKeyId, String service, String action, String... namesAndValues) {
        var authorization = "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/20260807/us-east-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=0";
        var form = form(service, action, namesAndValues);
        return Answer.of(door.handle(form.withHeaders(
                form.headers().toBuilder().add("Authorization", authorization).build())));
    }

    /** A call whose signature is verified. */
    Answer verified(Signer signer, String service, String action, String... namesAndValues) {
        return Answer.of(verifying.handle(signer.sign(form(service, action, namesAndValues), clock.instant())));
    }

    Answer randomPassword(String json) {
        var headers = HttpHeaders.of(
                "Host", "localhost",
                "Content-Type", "application/x-amz-json-1.1",
                "X-Amz-Target", "secretsmanager.GetRandomPassword");
        return Answer.of(door.handle(
                new HttpRequest("POST", "/", "", headers, json.getBytes(StandardCharsets.UTF_8), "127.0.0.1", false)));
    }

    private static HttpRequest form(String service, String action, String... namesAndValues) {
        var version = service.equals("iam") ? "2010-05-08" : "2011-06-15";
        var parameters = IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> namesAndValues[2 * i] + '=' + PercentEncoding.encode(namesAndValues[2 * i + 1]))
                .collect(Collectors.joining("&"));
        var body = "Action=" + action + "&Version=" + version + (parameters.isEmpty() ? "" : '&' + parameters);
        var headers = HttpHeaders.of(
                "Host", "localhost:4566", "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return new HttpRequest("POST", "/", "", headers, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1", false);
    }
}
