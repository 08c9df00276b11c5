// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.catalog;

import static dev.clew.functions.Api.python;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.functions.Api;
import dev.clew.functions.Zips;
import dev.clew.functions.api.*;
import dev.clew.testkit.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class ManageFunctionsTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:function:f";

    @TempDir
    Path folder;

    private Control control;

    @BeforeEach
    void start() {
        control = new Control(new MemoryStore(), folder);
        control.create(python("f", "one"));
    }

    @Test
    void pagesThroughFunctionsWithoutSkipping() {
        for (int i = 0; i < 7; i++) {
            control.create(python("g-" + i, "x"));
        }
        var names = new ArrayList<String>();
        String marker = null;
        do {
            var page = control.call(
                    LambdaModel.LIST_FUNCTIONS,
                    ListFunctionsRequest.builder().maxItems(3).marker(marker).build());
            page.functions().forEach(function -> names.add(function.functionName()));
            marker = page.nextMarker();
        } while (marker != null);
        assertThat(names).containsExactly("f", "g-0", "g-1", "g-2", "g-3", "g-4", "g-5", "g-6");
    }

    @Test
    void updatesOnlyWhatIsGiven() {
        var updated = control.call(
                LambdaModel.UPDATE_FUNCTION_CONFIGURATION,
                UpdateFunctionConfigurationRequest.builder()
                        .functionName("f")
                        .timeout(9)
                        .environment(Api.variables(Map.of("A", "1")))
                        .build());
        assertThat(updated.timeout()).isEqualTo(9);
        assertThat(updated.memorySize()).isEqualTo(128);
        assertThat(updated.environment().variables()).containsEntry("A", "1");
        assertThat(updated.lastUpdateStatus()).isEqualTo("InProgress");
        assertThat(read("f").lastUpdateStatus()).isEqualTo("Successful");
    }

    @Test
    void refusesAnUpdateOfAnotherRevision() {
        assertThatThrownBy(() -> control.call(
                        LambdaModel.UPDATE_FUNCTION_CONFIGURATION,
                        UpdateFunctionConfigurationRequest.builder()
                                .functionName("f")
                                .revisionId("stale")
                                .build()))
                .hasMessageStartingWith("The Revision Id provided does not match the latest Revision Id.");
    }

    @Test
    void publishesASnapshotOnceUntilSomethingChanges() {
        assertThat(publish().version()).isEqualTo("1");
        assertThat(publish().version()).isEqualTo("1");
        control.call(
                LambdaModel.UPDATE_FUNCTION_CODE,
                UpdateFunctionCodeRequest.builder()
                        .functionName("f")
                        .zipFile(Zips.of("app.py", "two"))
                        .build());
        assertThat(publish().functionArn()).isEqualTo(ARN + ":2");
        assertThat(read("f:1").codeSha256()).isNotEqualTo(read("f:2").codeSha256());
        assertThat(control.call(
                                LambdaModel.LIST_VERSIONS_BY_FUNCTION,
                                ListVersionsByFunctionRequest.builder()
                                        .functionName("f")
                                        .build())
                        .versions())
                .extracting(FunctionConfiguration::version)
                .containsExactly("$LATEST", "1", "2");
    }

    private FunctionConfiguration publish() {
        return control.call(
                LambdaModel.PUBLISH_VERSION,
                PublishVersionRequest.builder().functionName("f").build());
    }

    private FunctionConfiguration read(String name) {
        return control.call(
                LambdaModel.GET_FUNCTION_CONFIGURATION,
                GetFunctionConfigurationRequest.builder().functionName(name).build());
    }

    @Test
    void dividesTheInvocationsOfAnAlias() {
        publish();
        control.call(
                LambdaModel.UPDATE_FUNCTION_CODE,
                UpdateFunctionCodeRequest.builder()
                        .functionName("f")
                        .zipFile(Zips.of("app.py", "two"))
                        .build());
        publish();
        control.call(
                LambdaModel.CREATE_ALIAS,
                CreateAliasRequest.builder()
                        .functionName("f")
                        .name("live")
                        .functionVersion("1")
                        .routingConfig(AliasRoutingConfiguration.builder()
                                .additionalVersionWeights(Map.of("2", 0.25))
                                .build())
                        .build());

        var live = FunctionReference.parse("f:live", null, Api.SCOPE);
        assertThat(control.catalog.route(live, 0.2).orElseThrow().version()).isEqualTo("2");
        assertThat(control.catalog.route(live, 0.3).orElseThrow().version()).isEqualTo("1");
        assertThatThrownBy(() -> control.call(
                        LambdaModel.GET_ALIAS,
                        GetAliasRequest.builder().functionName("f").name("none").build()))
                .hasMessage("Cannot find alias arn: " + ARN + ":none");
    }

    @Test
    void writesTheStatementOfARule() {
        var added = permit("sid", "events.amazonaws.com", "arn:aws:events:us-east-1:111111111111:rule/bus/rule");
        assertThat(added)
                .isEqualTo("{\"Sid\":\"sid\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                        + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"" + ARN
                        + "\",\"Condition\":{\"ArnLike\":"
                        + "{\"AWS:SourceArn\":\"arn:aws:events:us-east-1:111111111111:rule/bus/rule\"}}}");
        assertThat(policy()).isEqualTo("{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[" + added + "]}");
        assertThatThrownBy(() -> permit("sid", "*", null))
                .hasMessageStartingWith("The statement id (sid) provided already exists.");
    }

    private String permit(String sid, String principal, String sourceArn) {
        return control.call(
                        LambdaModel.ADD_PERMISSION,
                        AddPermissionRequest.builder()
                                .functionName("f")
                                .statementId(sid)
                                .action("lambda:InvokeFunction")
                                .principal(principal)
                                .sourceArn(sourceArn)
                                .build())
                .statement();
    }

    private String policy() {
        return control.call(
                        LambdaModel.GET_POLICY,
                        GetPolicyRequest.builder().functionName("f").build())
                .policy();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|\"Principal\":\"*\"",
                "222222222222|\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:root\"}",
                "arn:aws:iam::222222222222:user/u|\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:user/u\"}",
            })
    void understandsEveryPrincipal(String principal, String expected) {
        assertThat(permit("s", principal, null)).contains(expected);
    }

    @Test
    void refusesAPrincipalThatIsNone() {
        assertThatThrownBy(() -> permit("s", "nobody", null))
                .hasMessage("The provided principal was invalid. Please check the principal and try again.");
    }

    @Test
    void removesStatementsAndTheLastOneTakesThePolicyAlong() {
        assertThatThrownBy(() -> revoke("a")).hasMessage("No policy is associated with the given resource.");
        permit("a", "*", null);
        assertThatThrownBy(() -> revoke("b")).hasMessage("Statement b is not found in resource policy.");
        revoke("a");
        assertThatThrownBy(this::policy).hasMessage("The resource you requested does not exist.");
    }

    private void revoke(String sid) {
        control.call(
                LambdaModel.REMOVE_PERMISSION,
                RemovePermissionRequest.builder()
                        .functionName("f")
                        .statementId(sid)
                        .build());
    }

    @Test
    void keepsAHundredUnreserved() {
        assertThatThrownBy(() -> reserve(901)).hasMessageContaining("below its minimum value of [100].");
        assertThat(reserve(900).reservedConcurrentExecutions()).isEqualTo(900);
        assertThat(control.call(
                                LambdaModel.GET_ACCOUNT_SETTINGS,
                                GetAccountSettingsRequest.builder().build())
                        .accountLimit()
                        .unreservedConcurrentExecutions())
                .isEqualTo(100);
    }

    private Concurrency reserve(int executions) {
        return control.call(
                LambdaModel.PUT_FUNCTION_CONCURRENCY,
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(executions)
                        .build());
    }

    @Test
    void tagsAndUntags() {
        control.call(
                LambdaModel.TAG_RESOURCE,
                TagResourceRequest.builder()
                        .resource(ARN)
                        .tags(Map.of("a", "1", "b", "2"))
                        .build());
        control.call(
                LambdaModel.UNTAG_RESOURCE,
                UntagResourceRequest.builder()
                        .resource(ARN)
                        .tagKeys(List.of("a"))
                        .build());
        assertThat(control.call(
                                LambdaModel.LIST_TAGS,
                                ListTagsRequest.builder().resource(ARN).build())
                        .tags())
                .containsExactly(Map.entry("b", "2"));
    }

    @Test
    void honoursRetriesOfAsynchronousInvocations() {
        var latest = FunctionReference.parse("f", null, Api.SCOPE);
        assertThat(control.catalog.eventInvokeLimits(latest)).isEqualTo(EventInvokeLimits.DEFAULTS);
        control.call(
                LambdaModel.PUT_FUNCTION_EVENT_INVOKE_CONFIG,
                PutFunctionEventInvokeConfigRequest.builder()
                        .functionName("f")
                        .maximumRetryAttempts(0)
                        .build());
        assertThat(control.catalog.eventInvokeLimits(latest).retries()).isZero();
    }

    @Test
    void tellsWhoIsAsked() {
        assertThatThrownBy(() -> read("none:1"))
                .hasMessage("Function not found: arn:aws:lambda:us-east-1:111111111111:function:none:1");
    }

    @Test
    void deletesEverythingOfAFunction() {
        publish();
        permit("a", "*", null);
        control.call(
                LambdaModel.DELETE_FUNCTION,
                DeleteFunctionRequest.builder().functionName("f").build());
        control.create(python("f", "one"));
        assertThatThrownBy(() -> read("f:1")).hasMessageStartingWith("Function not found");
        assertThatThrownBy(this::policy).hasMessage("The resource you requested does not exist.");
    }
}
