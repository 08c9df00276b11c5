// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.cli.terminal.Cells;
import dev.clew.cli.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaterfallTest {
    private static final Screen NARROW = new Screen(80, false);
    private static final Screen WIDE = new Screen(140, false);

    @Test
    void drawsAWarmOrderInEightyColumns() {
        golden(Traces.warmOrder(), NARROW, "warm-80");
    }

    @Test
    void drawsAWarmOrderInAWideTerminal() {
        golden(Traces.warmOrder(), WIDE, "warm-140");
    }

    @Test
    void coloursWhatItDraws() {
        golden(Traces.warmOrder(), new Screen(80, true), "warm-80-colour");
        golden(Traces.warmOrder(), new Screen(140, true), "warm-140-colour");
    }

    @Test
    void showsInitializationOfAColdStart() {
        golden(Traces.coldOrder(), NARROW, "cold-80");
    }

    @Test
    void showsAFaultOnceAndWhereItHappened() {
        golden(fault(), NARROW, "fault-80");
        golden(fault(), new Screen(80, true), "fault-80-colour");
    }

    @Test
    void showsARefusedDeliveryWithItsReason() {
        golden(refusal(), NARROW, "refusal-80");
    }

    @Test
    void showsDeliveriesThatWereRetriedAndEventsThatNobodyWanted() {
        golden(
                Traces.of(
                        "{'id':'e1','name':'Events','origin':'AWS::Events','inferred':true,start:0,end:5,'aws':{'operation':'PutEvents'},"
                            + "'annotations':{'clew.bus':'orders'},'metadata':{'clew':{'clew.events':["
                            + "{'id':'6f1c0d3e','bus':'orders','matched_rules':['mail']},"
                            + "{'id':'77aa0d3e','bus':'orders','matched_rules':[],'unmatched':true}]}},'subsegments':["
                                + delivery("d1", "retried", 1, 6, 30)
                                + ","
                                + delivery("d2", "retried", 2, 90, 120)
                                + ","
                                + delivery("d3", "delivered", 3, 260, 290)
                                + "]}",
                        "{'id':'b1','parent_id':'e1','name':'mailer','origin':'AWS::Lambda',start:280,end:400}"),
                NARROW,
                "deliveries-80");
    }

    private static String delivery(String id, String outcome, int attempt, int start, int end) {
        var cause = outcome.equals("delivered")
                ? ""
                : ",'cause':{'exceptions':[{'id':'x','type':'clew.Unavailable','message':'the function is"
                        + " throttled'}]}";
        return ("{'id':'%s','name':'mailer',start:%d,end:%d,'annotations':{'clew.outcome':'%s','clew.rule':"
            + "'arn:aws:events:us-east-1:1:rule/orders/mail','clew.target':'arn:aws:lambda:us-east-1:1:function:mailer',"
            + "'clew.event_id':'6f1c0d3e','clew.attempt':%d}%s}")
                .formatted(id, start, end, outcome, attempt, cause);
    }

    @Test
    void showsRetriesAsAttempts() {
        golden(retries(), NARROW, "retries-80");
    }

    @Test
    void drawsWorkInProgressWithAMovingEdge() {
        golden(
                Traces.of(
                        "{'id':'a1','name':'checkout','origin':'AWS::ApiGateway::Stage',start:0,'in_progress':true,"
                                + "'http':{'request':{'method':'GET','url':'https://x.test/cart'}}}",
                        "{'id':'b1','parent_id':'a1','name':'cart','origin':'AWS::Lambda',start:10,end:400}",
                        "{'id':'b2','parent_id':'b1','name':'cart','origin':'AWS::Lambda::Function',start:12,end:399}"),
                NARROW,
                "progress-80");
    }

    @Test
    void drawsALoneSegment() {
        golden(Traces.of("{'id':'a1','name':'backup',start:0,end:1500}"), NARROW, "lone-80");
    }

    @Test
    void collapsesRepeatedSiblings() {
        var calls = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            calls.add("{'id':'c%d','name':'DynamoDB','namespace':'aws','aws':{'operation':'GetItem'},start:%d,end:%d}"
                    .formatted(i, 10 + i, 11 + i));
        }
        golden(
                Traces.of(
                        "{'id':'a1','name':'report',start:0,end:1020,'subsegments':[" + String.join(",", calls) + "]}"),
                NARROW,
                "repeats-80");
    }

    @Test
    void keepsDeepNestingReadable() {
        golden(deep(40), NARROW, "deep-80");
    }

    @Test
    void saysWhenAChildSeemsToStartBeforeItsCause() {
        golden(
                Traces.of(
                        "{'id':'a1','name':'web','origin':'AWS::EC2::Instance',start:100,end:400,'subsegments':["
                                + "{'id':'a2','name':'stock.test','namespace':'remote',start:120,end:380,"
                                + "'http':{'request':{'method':'GET'}}}]}",
                        "{'id':'b1','parent_id':'a2','name':'stock','origin':'AWS::ECS::Container',start:20,end:260}"),
                NARROW,
                "skew-80");
    }

    @Test
    void drawsOrphansAndCirclesOnce() {
        golden(
                Traces.of(
                        "{'id':'a1','parent_id':'ff','name':'orphan','origin':'AWS::Lambda',start:0,end:10}",
                        "{'id':'b1','parent_id':'c1','name':'ring one',start:0,end:10}",
                        "{'id':'c1','parent_id':'b1','name':'ring two',start:2,end:8}"),
                NARROW,
                "orphans-80");
    }

    @Test
    void namesFromOutsideCannotSteerTheTerminal() {
        var lines = Waterfall.draw(
                Traces.of("{'id':'a1','name':'evil\\u001b[2J\\u202e\\n',start:0,end:10}"), new Screen(80, false));
        assertThat(String.join("\n", lines)).doesNotContain("\u001b", "\u202e").contains("evil");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 24, 33, 40, 47, 48, 59, 60, 72, 80, 100, 109, 110, 140, 200, 400})
    void neverExceedsTheWidth(int width) {
        for (var trace :
                List.of(Traces.warmOrder(), Traces.coldOrder(), fault(), refusal(), retries(), deep(40), wideNames())) {
            assertThat(Waterfall.draw(trace, new Screen(width, false)))
                    .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(width));
        }
    }

    private static Trace wideNames() {
        return Traces.of("{'id':'a1','name':'注文サービス注文サービス注文サービス注文サービス',start:0,end:10}");
    }

    private static Trace deep(int depth) {
        var inner = "";
        for (int i = depth; i > 0; i--) {
            inner = "{'id':'d%d','name':'level %d','annotations':{'n%d':%d},start:%d,end:%d%s}"
                    .formatted(i, i, i, i, i, 200 - i, inner.isEmpty() ? "" : ",'subsegments':[" + inner + "]");
        }
        return Traces.of(inner);
    }

    private static Trace fault() {
        return Traces.of(
                "{'id':'a1','name':'shop/prod','origin':'AWS::ApiGateway::Stage',start:0,end:60,'fault':true,"
                    + "'http':{'request':{'method':'POST','url':'https://abc.execute-api.us-east-1.amazonaws.com/prod/pay?card=1'},'response':{'status':502}},"
                    + "'subsegments':[{'id':'a2','name':'Lambda','namespace':'aws','fault':true,'aws':{'operation':'Invoke'},start:2,end:59}]}",
                "{'id':'b1','parent_id':'a2','name':'payment-service','origin':'AWS::Lambda','fault':true,start:3,end:58,'http':{'response':{'status':200}}}",
                "{'id':'b2','parent_id':'b1','name':'payment-service','origin':'AWS::Lambda::Function','fault':true,start:4,end:57,'cause':{'exceptions':[{'id':'e1','type':'PaymentDeclined','message':'card"
                    + " 4242 expired in"
                    + " 2024'}]},'subsegments':[{'id':'b3','name':'Invocation','fault':true,'cause':{'exceptions':[{'id':'e1','type':'PaymentDeclined','message':'card"
                    + " 4242 expired in 2024'}]},start:4.1,end:56,'subsegments':["
                    + "{'id':'b4','name':'payment_service_handler','fault':true,'cause':'00000000000000e2',start:5,end:55,'subsegments':[{'id':'b5','name':'charge','fault':true,'cause':{'exceptions':[{'id':'e2','type':'PaymentDeclined','message':'card"
                    + " 4242 expired in 2024'}]},start:6,end:54,'subsegments':["
                    + "{'id':'b6','name':'api.bank.test','namespace':'remote','error':true,'http':{'request':{'method':'POST'},'response':{'status':402}},start:8,end:50}]}]}]}]}");
    }

    private static Trace refusal() {
        return Traces.of(
                "{'id':'a1','name':'order-service','origin':'AWS::Lambda',start:0,end:40}",
                "{'id':'a2','parent_id':'a1','name':'order-service','origin':'AWS::Lambda::Function',start:1,end:39,'subsegments':["
                    + "{'id':'a3','name':'events','namespace':'aws','aws':{'operation':'PutEvents'},start:10,end:16}]}",
                "{'id':'e1','parent_id':'a3','name':'Events','origin':'AWS::Events','inferred':true,start:10,end:15,'annotations':{'clew.bus':'orders'}}",
                "{'id':'r1','type':'subsegment','parent_id':'e1','name':'delivery','fault':true,start:17,end:17,"
                    + "'annotations':{'clew.outcome':'refused','clew.rule':'arn:aws:events:us-east-1:111111111111:rule/orders/payment-processing-rule','clew.target':'arn:aws:lambda:us-east-1:111111111111:function:payment-service','clew.attempt':1},"
                        + "'cause':{'exceptions':[{'id':'x1','message':\"no statement in the function's policy allows events.amazonaws.com from rule orders/payment-processing-rule\"}]}}"
                                .replace("function's", "function’s"),
                "{'id':'b1','parent_id':'e1','name':'inventory-service','origin':'AWS::Lambda',start:17,end:60}",
                "{'id':'b2','parent_id':'b1','name':'inventory-service','origin':'AWS::Lambda::Function',start:25,end:59}");
    }

    private static Trace retries() {
        return Traces.of(
                "{'id':'a1','name':'mailer','origin':'AWS::Lambda',start:0,end:3600,'fault':true,'subsegments':["
                        + "{'id':'w','name':'Dwell Time',start:0,end:20},"
                        + "{'id':'t1','name':'Attempt #1','fault':true,start:20,end:300},"
                        + "{'id':'t2','name':'Attempt #2',start:3000,end:3600}]}",
                "{'id':'f1','parent_id':'t1','name':'mailer','origin':'AWS::Lambda::Function','fault':true,start:21,end:299,'cause':{'exceptions':[{'id':'e1','type':'SMTPServerDisconnected','message':'connection"
                    + " lost'}]}}",
                "{'id':'f2','parent_id':'t2','name':'mailer','origin':'AWS::Lambda::Function',start:3001,end:3598,'subsegments':["
                    + "{'id':'i2','name':'Invocation',start:3001,end:3590,'subsegments':[{'id':'s2','name':'send',start:3010,end:3580}]}]}");
    }

    private static void golden(Trace trace, Screen screen, String name) {
        Golden.assertDrawn(Waterfall.draw(trace, screen), "trace", name);
    }
}
