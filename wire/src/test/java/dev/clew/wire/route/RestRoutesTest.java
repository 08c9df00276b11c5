// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestRoutesTest {
    private final RestRoutes routes = new RestRoutes();

    @BeforeEach
    void addRoutes() {
        routes.add("GET", "/functions/", "ListFunctions");
        routes.add("POST", "/functions", "CreateFunction");
        routes.add("GET", "/functions/{FunctionName}", "GetFunction");
        routes.add("GET", "/functions/{FunctionName}/policy", "GetPolicy");
        routes.add("GET", "/functions/all/{Other}", "GetAllOf");
        routes.add("GET", "/layers", "ListLayers");
        routes.add("GET", "/layers?find=LayerVersion", "GetLayerVersionByArn");
        routes.add("GET", "/layers?find=LayerVersion&deep=1", "GetLayerVersionDeep");
        routes.add("GET", "/tags/{arn}", "ListTags");
        routes.add("GET", "/files/{path+}", "GetFile");
        routes.add("GET", "/files/{name}/meta", "GetMeta");
        routes.add("GET", "/", "GetRoot");
    }

    @ParameterizedTest(name = "{0} {1}?{2}")
    @CsvSource({
        "GET, /functions, '', ListFunctions, []",
        "GET, /functions/, '', ListFunctions, []",
        "POST, /functions/, '', CreateFunction, []",
        "GET, /functions/f, '', GetFunction, [f]",
        "GET, /functions/all, '', GetFunction, [all]", // the literal branch has no operation here
        "GET, /functions/all/x, '', GetAllOf, [x]",
        "GET, /functions/all/policy, '', GetAllOf, [policy]",
        "GET, /functions/f/policy/, '', GetPolicy, [f]",
        "GET, /functions/arn%3Aaws%3Alambda%3A%3A1%3Afunction%3Af/policy, '', GetPolicy,"
                + " [arn:aws:lambda::1:function:f]",
        "GET, /layers, '', ListLayers, []",
        "GET, /layers, find=Other, ListLayers, []",
        "GET, /layers, a=b&find=LayerVersion, GetLayerVersionByArn, []",
        "GET, /layers, deep=1&find=LayerVersion, GetLayerVersionDeep, []",
        "GET, /tags/arn:aws:x, '', ListTags, [arn:aws:x]",
        "GET, /tags/a%2Fb%252Fc, '', ListTags, [a/b%2Fc]",
        "GET, /tags/100%, '', ListTags, [100%]",
        "GET, /files/a/b/c, '', GetFile, [a/b/c]",
        "GET, /files/a/meta, '', GetMeta, [a]",
        "GET, /files/a/meta/b, '', GetFile, [a/meta/b]",
        "GET, /, '', GetRoot, []",
        "GET, //, '', GetRoot, []",
    })
    void finds(String method, String path, String query, String operation, String labels) {
        var match = routes.find(method, path, query);

        assertThat(match).isNotNull();
        assertThat(match.operation()).isEqualTo(operation);
        assertThat(match.labels().values()).hasToString(labels);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "DELETE, /functions/f",
        "GET, /functions//policy",
        "GET, /functions/f/policy/more",
        "GET, /nothing",
        "get, /functions",
    })
    void findsNothing(String method, String path) {
        assertThat(routes.find(method, path, "")).isNull();
    }

    @Test
    void namesLabelsAsTheModelDoes() {
        var match = routes.find("GET", "/functions/f", "");

        assertThat(match).isNotNull();
        assertThat(match.labels().names()).containsExactly("FunctionName");
    }
}
