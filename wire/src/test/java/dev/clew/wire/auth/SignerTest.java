// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that the signature's documentation and its public test suite give. */
class SignerTest {
    private static final Instant DATE = Instant.parse("2015-08-30T12:36:00Z");
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @Test
    void signsTheDocumentedListUsersRequest() {
        var request = new HttpRequest(
                "GET",
                "/",
                "Action=ListUsers&Version=2010-05-08",
                HttpHeaders.of(
                        "Host",
                        "iam.amazonaws.com",
                        "Content-Type",
                        "application/x-www-form-urlencoded; charset=utf-8"),
                new byte[0],
                "127.0.0.1",
                false);

        var signed = new Signer("AKIDEXAMPLE", SECRET, null, "us-east-1", "iam").sign(request, DATE);

        assertThat(signed.headers().first("Authorization"))
                .hasValue("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "get-vanilla, GET, /, '', 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-vanilla-query-order-key-case, GET, /, Param2=value2&Param1=value1,"
                + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        "post-vanilla, POST, /, '', 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "normalize-path/get-relative-relative, GET, /example1/example2/../.., '',"
                + " 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "normalize-path/get-slash-dot-slash, GET, /./, '',"
                + " 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    })
    void signsThePublicTestSuite(String name, String method, String path, String query, String signature) {
        var request = new HttpRequest(
                method, path, query, HttpHeaders.of("Host", "example.amazonaws.com"), new byte[0], "127.0.0.1", false);

        var signed = new Signer("AKIDEXAMPLE", SECRET, null, "us-east-1", "service").sign(request, DATE);

        assertThat(signed.headers().first("Authorization").orElseThrow()).endsWith("Signature=" + signature);
    }

    @Test
    void neverShowsTheSecret() {
        assertThat(new Signer("AKIDEXAMPLE", SECRET, "token", "us-east-1", "iam"))
                .hasToString("Signer[AKIDEXAMPLE]");
    }

    @Test
    void readsTheScopeOfHeaderAndPresignedQuery() {
        var credential = "AKIDEXAMPLE/20150830/eu-west-1/events/aws4_request";
        var header = HttpHeaders.of(
                "Authorization", "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host, Signature=0");

        var fromHeader = CredentialScope.of(request("", header));
        var fromQuery = CredentialScope.of(
                request("a=b&X-Amz-Credential=" + credential.replace("/", "%2F") + "&c=d", HttpHeaders.EMPTY));

        assertThat(fromHeader)
                .isEqualTo(fromQuery)
                .isEqualTo(new CredentialScope("AKIDEXAMPLE", "20150830", "eu-west-1", "events", "aws4_request"));
    }

    @ParameterizedTest
    @CsvSource({
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=a/b/c",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f/g",
        "Basic dXNlcjpwYXNz",
        "''",
    })
    void readsNoScopeInGarbage(String authorization) {
        assertThat(CredentialScope.of(request("", HttpHeaders.of("Authorization", authorization))))
                .isEqualTo(CredentialScope.NONE);
    }

    private static HttpRequest request(String query, HttpHeaders headers) {
        return new HttpRequest("POST", "/", query, headers, "{}".getBytes(StandardCharsets.UTF_8), "127.0.0.1", false);
    }
}
