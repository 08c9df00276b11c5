// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.traces.document.RefusedDocument.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentParserTest {
    private static final String VALID =
            "'id':'0285bf1261be05ff','trace_id':'1-5759e988-bd862e3fe1be46a994272793','name':'a','start_time':1.5";
    private final DocumentParser parser = new DocumentParser(65_536);
    private final List<SegmentDocument> accepted = new ArrayList<>();
    private final List<RefusedDocument> refused = new ArrayList<>();

    private void parse(String text) {
        parser.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), accepted::add, refused::add);
    }

    private Entity entity(String text) {
        parse(text);
        assertThat(refused).isEmpty();
        return accepted.getFirst().entity();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ParseError        | hello",
                "ParseError        | ~~",
                "ParseError        | 'text'",
                "ParseError        | {VALID,'end_time':2",
                "ParseError        | {VALID,'end_time':2} {}",
                "ParseError        | {VALID,'end_time':NaN}",
                "MissingId         | []",
                "MissingId         | {}",
                "InvalidId         | {'id':'short'}",
                "InvalidId         | {'id':5}",
                "MissingTraceId    | {'id':'0285bf1261be05ff'}",
                "InvalidTraceId    | {'id':'0285bf1261be05ff','trace_id':'1-x'}",
                "InvalidTraceId    | {'id':'0285bf1261be05ff','trace_id':'1-00000000-000000000000000000000000'}",
                "MissingName       | {'id':'0285bf1261be05ff','trace_id':'1-5759e988-bd862e3fe1be46a994272793'}",
                "InvalidName       | {VALID,'end_time':2,'name':'a<b'}",
                "InvalidName       | {VALID,'end_time':2,'name':7}",
                "MissingStartTime  |"
                        + " {'id':'0285bf1261be05ff','trace_id':'1-5759e988-bd862e3fe1be46a994272793','name':'a'}",
                "InvalidStartTime  | {VALID,'end_time':2,'start_time':'1'}",
                "InvalidStartTime  | {VALID,'end_time':2,'start_time':-1}",
                "InvalidStartTime  | {VALID,'end_time':2,'start_time':1e300}",
                "InvalidStartTime  | {VALID,'end_time':2,'start_time':1e400}",
                "MissingEndTime    | {VALID}",
                "MissingEndTime    | {VALID,'in_progress':false}",
                "MissingEndTime    | {VALID,'end_time':null}",
                "InvalidEndTime    | {VALID,'end_time':1}",
                "InvalidEndTime    | {VALID,'end_time':'2'}",
                "MissingParentId   | {VALID,'end_time':2,'type':'subsegment'}",
                "InvalidParentId   | {VALID,'end_time':2,'parent_id':'x'}",
                "InvalidParentId   | {VALID,'end_time':2,'parent_id':'x','subsegments':[{'name':'b'}]}",
                "MissingId         | {VALID,'end_time':2,'subsegments':[{'name':'b'}]}",
                "MissingEndTime    |"
                        + " {VALID,'end_time':2,'subsegments':[{'id':'0285bf1261be0600','name':'b','start_time':1}]}",
            })
    void refusesWithTheCodeOfTheFirstProblem(Code code, String text) {
        parse(text == null ? "" : text.replace("VALID", VALID));

        assertThat(accepted).isEmpty();
        assertThat(refused).singleElement().extracting(RefusedDocument::code).isEqualTo(code);
    }

    @Test
    void namesTheDocumentAndTheKindOfEntityThatFailed() {
        parse("{" + VALID + ",'end_time':2,'subsegments':[{'id':'0285bf1261be0600','name':'b','start_time':1}]}");
        parse("{" + VALID + "}");

        assertThat(refused).extracting(RefusedDocument::id).containsOnly("0285bf1261be05ff");
        assertThat(refused.getFirst().message())
                .isEqualTo("Invalid subsegment. ErrorCode: MissingEndTime, Cause: null");
        assertThat(refused.getLast().message()).isEqualTo("Invalid segment. ErrorCode: MissingEndTime");
    }

    @Test
    void refusesDocumentsBeyondTheLimit() {
        parse("{" + VALID + ",'end_time':2,'metadata':{'default':{'x':'" + "x".repeat(65_536) + "'}}}");

        assertThat(refused).singleElement().extracting(RefusedDocument::code).isEqualTo(Code.SegmentTooLarge);
    }

    @Test
    void refusesDeepNesting() {
        parse("{" + VALID + ",'end_time':2,'metadata':{'default':" + "[".repeat(5_000) + "]".repeat(5_000) + "}}");

        assertThat(refused).singleElement().extracting(RefusedDocument::code).isEqualTo(Code.ParseError);
    }

    @Test
    void takesArraysOfSubsegmentsOneByOne() {
        var element = "{" + VALID + ",'end_time':2,'parent_id':'0285bf1261be0600','annotations':{'ä':1,'k':'ü'}}";
        parse(" [" + element + " , {'id':'0285bf1261be0601'},{}, " + element.replace("05ff", "05fe") + " ]");

        assertThat(accepted).hasSize(2).allMatch(SegmentDocument::subsegment);
        assertThat(new String(accepted.getLast().json(), StandardCharsets.UTF_8))
                .isEqualTo(element.replace("05ff", "05fe").replace('\'', '"'));
        assertThat(refused).extracting(RefusedDocument::code).containsExactly(Code.MissingTraceId, Code.MissingId);
    }

    @Test
    void dropsOptionalMembersOfAWrongType() {
        var entity = entity("{" + VALID + ",'end_time':2,'http':[1,{}],'aws':'x','annotations':[],'cause':7,"
                + "'user':{'a':1},'error':'yes','namespace':'local','subsegments':{'id':1},'links':3,'origin':null}");

        assertThat(entity.http()).isEqualTo(Entity.Http.NONE);
        assertThat(entity.status().ok()).isTrue();
        assertThat(entity.namespace()).isNull();
        assertThat(entity.user()).isNull();
    }

    @Test
    void readsCausesThatAreReferencesAndThoseThatAreObjects() {
        assertThat(entity("{" + VALID + ",'end_time':2,'cause':'83e0afd4b65d4a4a'}")
                        .cause()
                        .reference())
                .isEqualTo("83e0afd4b65d4a4a");
        accepted.clear();
        var exceptions = entity(
                        "{" + VALID + ",'end_time':2,'fault':true,'cause':{'working_directory':'/x','exceptions':["
                                    + "{'id':'83e0afd4b65d4a4a','message':'no','type':'Oops','remote':true,'stack':[{'line':1}]},3]}}")
                .cause()
                .exceptions();
        assertThat(exceptions).containsExactly(new Entity.Thrown("83e0afd4b65d4a4a", "Oops", "no", true));
    }

    @Test
    void derivesFlagsFromTheHttpStatus() {
        assertThat(entity("{" + VALID + ",'end_time':2,'error':false,'http':{'response':{'status':429}}}")
                        .status())
                .isEqualTo(new Status(true, true, false));
        accepted.clear();
        assertThat(entity("{" + VALID + ",'end_time':2,'error':true,'http':{'response':{'status':200}}}")
                        .status())
                .isEqualTo(new Status(true, false, false));
    }

    @Test
    void indexesScalarAnnotationsWithLegalKeys() {
        var annotations = entity("{" + VALID + ",'end_time':2,'annotations':{'a':'x','b':1,'c':true,'d':{},'e':[1],"
                        + "'f':null,'g h':1,'aws:api_id':'y','n':1e999,'':1}}")
                .annotations();

        assertThat(annotations).extracting(Entity.Annotation::key).containsExactly("a", "b", "c", "aws:api_id");
    }

    @Test
    void keepsMicroseconds() {
        assertThat(entity("{" + VALID + ",'end_time':1681574431.0206673}").end())
                .isEqualTo(1_681_574_431_020_667L);
    }
}
