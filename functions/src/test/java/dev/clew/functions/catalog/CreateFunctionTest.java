// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import static dev.clew.functions.Api.python;
import static dev.clew.functions.Api.zipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.functions.Api;
import dev.clew.functions.Zips;
import dev.clew.functions.api.CreateFunctionRequest;
import dev.clew.functions.api.FunctionCode;
import dev.clew.functions.api.GetFunctionRequest;
import dev.clew.functions.api.LambdaModel;
import dev.clew.testkit.MemoryStore;
import dev.clew.wire.ServiceException;
import dev.clew.wire.http.HttpHeaders;
import dev.clew.wire.http.HttpRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked
class CreateFunctionTest {
    private static final String CODE = "def handler(event, context): return event\n";

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private Control control;

    @BeforeEach
    void start() {
        control = new Control(store, folder);
    }

    @Test
    void answersPendingWithEveryDefault() {
        var created = control.create(python("f", CODE));

        assertThat(created.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f");
        assertThat(created.state()).isEqualTo("Pending");
        assertThat(created.stateReasonCode()).isEqualTo("Creating");
        assertThat(created.lastUpdateStatus()).isNull();
        assertThat(created.version()).isEqualTo("$LATEST");
        assertThat(created.timeout()).isEqualTo(3);
        assertThat(created.memorySize()).isEqualTo(128);
        assertThat(created.tracingConfig().mode()).isEqualTo("PassThrough");
        assertThat(created.architectures()).containsExactly("x86_64");
        assertThat(created.ephemeralStorage().size()).isEqualTo(512);
        assertThat(created.loggingConfig().logGroup()).isEqualTo("/aws/lambda/f");
        assertThat(created.lastModified()).isEqualTo("2026-08-07T10:00:00.000+0000");
        assertThat(created.environment()).isNull();
    }

    @Test
    void isActiveOnTheNextRead() {
        control.create(python("f", CODE).publish(true));

        var read = control.call(
                LambdaModel.GET_FUNCTION,
                GetFunctionRequest.builder().functionName("f").qualifier("1").build());
        assertThat(read.configuration().state()).isEqualTo("Active");
        assertThat(read.configuration().lastUpdateStatus()).isEqualTo("Successful");
        assertThat(read.configuration().functionArn()).endsWith(":function:f:1");
    }

    @Test
    void linksToTheZipAndToNothingElse() {
        var zip = Zips.of("app.py", CODE);
        control.create(zipped("f", zip));

        var location = URI.create(control.call(
                        LambdaModel.GET_FUNCTION,
                        GetFunctionRequest.builder().functionName("f").build())
                .code()
                .location());
        assertThat(control.downloads.handle(get(location.getPath())).body()).isEqualTo(zip);
        assertThat(control.downloads
                        .handle(get(location.getPath().replaceFirst(".\\.zip", "x.zip")))
                        .status())
                .isEqualTo(403);
    }

    private static HttpRequest get(String path) {
        return new HttpRequest("GET", path, "", HttpHeaders.EMPTY, new byte[0], "127.0.0.1", false);
    }

    @Test
    void survivesAReopen() throws Exception {
        control.create(python("f", CODE).environment(Api.variables(Map.of("A", "1"))));

        var reopened = new Control(store, folder);
        var version = reopened.catalog
                .find(FunctionReference.parse("f", null, Api.SCOPE))
                .orElseThrow();
        assertThat(version.configuration().variables()).containsEntry("A", "1");
        assertThat(reopened.codes.unpacked(version.code().id()).resolve("app.py"))
                .hasContent(CODE);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("InvalidParameterValueException", "no longer supported", r -> r.runtime("python3.7")),
                refusal(
                        "InvalidParameterValueException",
                        "Value cobol at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [",
                        r -> r.runtime("cobol")),
                refusal("InvalidParameterValueException", "Runtime and Handler are mandatory", r -> r.runtime(null)),
                refusal(
                        "InvalidParameterValueException",
                        "The role defined for the function cannot be assumed by Lambda.",
                        r -> r.role("arn:aws:iam::111111111111:role/other")),
                refusal("ValidationException", "Value '901' at 'timeout'", r -> r.timeout(901)),
                refusal("ValidationException", "less than or equal to 64", r -> r.functionName("x".repeat(65))),
                refusal(
                        "InvalidParameterValueException",
                        "exceeded the 4KB limit. String measured: {\"A\":\"",
                        r -> r.environment(Api.variables(Map.of("A", "x".repeat(4_100))))),
                refusal(
                        "InvalidParameterValueException",
                        "Reserved keys used in this request: AWS_LAMBDA_X, AWS_REGION",
                        r -> r.environment(Api.variables(Map.of("AWS_REGION", "x", "AWS_LAMBDA_X", "y", "OK", "z")))),
                refusal(
                        "InvalidParameterValueException",
                        "Layer version arn:aws:lambda:us-east-1:1:layer:a:1 does not exist.",
                        r -> r.layers(List.of("arn:aws:lambda:us-east-1:1:layer:a:1"))),
                refusal(
                        "InvalidParameterValueException",
                        "Cannot reference more than 5 layers.",
                        r -> r.layers(List.of("a:1", "b:1", "c:1", "d:1", "e:1", "f:1"))),
                refusal(
                        "InvalidParameterValueException",
                        "Could not unzip uploaded file.",
                        zip("not a zip".getBytes())),
                refusal("InvalidParameterValueException", "non-empty zip", zip(Zips.of())),
                refusal("InvalidParameterValueException", "Could not unzip", zip(Zips.of("../../escaped", "x"))),
                refusal(
                        "InvalidParameterValueException",
                        "Unzipped size must be smaller than 262144000 bytes",
                        zip(Zips.zeros(262_144_001))),
                refusal(
                        "RequestEntityTooLargeException",
                        "Zipped size must be smaller than 52428800 bytes",
                        zip(new byte[52_428_800])),
                refusal(
                        "InvalidParameterValueException",
                        "S3 Error Code: NoSuchBucket",
                        r -> r.code(FunctionCode.builder()
                                .s3Bucket("bucket")
                                .s3Key("k")
                                .build())),
                refusal(
                        "InvalidParameterValueException",
                        "Please provide a source for function code.",
                        r -> r.code(FunctionCode.builder().build())));
    }

    private static Arguments refusal(String code, String message, UnaryOperator<CreateFunctionRequest.Builder> change) {
        return Arguments.of(code, message, change);
    }

    private static UnaryOperator<CreateFunctionRequest.Builder> zip(byte[] zip) {
        return request -> request.code(FunctionCode.builder().zipFile(zip).build());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheReason(String code, String message, UnaryOperator<CreateFunctionRequest.Builder> change) {
        assertThatThrownBy(() -> control.create(change.apply(python("f", CODE))))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
        assertThat(folder.getParent().resolve("escaped")).doesNotExist();
        assertThat(control.catalog.functions(Api.SCOPE)).isEmpty();
    }

    @Test
    void refusesASecondOfTheSameName() {
        control.create(python("f", CODE));
        assertThatThrownBy(() -> control.create(python("f", CODE)))
                .hasMessage("Function already exist: f")
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void keepsNoCodeThatNobodyRefersTo() throws Exception {
        var id = control.create(python("f", CODE)).codeSha256();
        control.create(python("g", CODE));
        control.call(LambdaModel.DELETE_FUNCTION, delete("f"));
        var hex = new CodePackage(id, 0, "x86_64", null).id();
        assertThat(control.codes.zip(hex)).isPresent();

        control.call(LambdaModel.DELETE_FUNCTION, delete("g"));
        assertThat(control.codes.zip(hex)).isEmpty();
    }

    private static dev.clew.functions.api.DeleteFunctionRequest delete(String name) {
        return dev.clew.functions.api.DeleteFunctionRequest.builder()
                .functionName(name)
                .build();
    }

    @Test
    void makesTheBootstrapExecutable() throws Exception {
        var created = control.create(
                zipped("f", Zips.of("bootstrap", "#!/bin/sh\n", "data/x", "1")).runtime("provided.al2023"));
        var folder = control.codes.unpacked(new CodePackage(created.codeSha256(), 0, "", null).id());
        assertThat(Files.isExecutable(folder.resolve("bootstrap"))).isTrue();
        assertThat(folder.resolve("data/x")).hasContent("1");
    }
}
