// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.policy;

import dev.clew.identity.policy.Statement.Clause;
import dev.clew.identity.policy.Statement.Effect;
import dev.clew.identity.policy.Statement.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of one policy, token by token: the grammar is fixed, so nothing nests deeper than it says.
 *
 * <p>What the grammar allows but a kind of policy does not is left to {@link PolicyValidator}.
 */
final class PolicyParser {
    /** Characters; the longest that any operation accepts. */
    static final int LONGEST = 131_072;

    static final String INVALID_JSON = "This policy contains invalid Json";
    static final String SYNTAX_ERRORS = "Syntax errors in policy.";

    private static final int DEEPEST = 10; // the grammar needs 6
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(LONGEST)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    private final JsonParser json;

    private PolicyParser(JsonParser json) {
        this.json = json;
    }

    /** @throws MalformedPolicyException if {@code text} is not JSON, or not a policy */
    static PolicyDocument parse(String text) {
        if (text.length() > LONGEST) {
            throw new MalformedPolicyException(INVALID_JSON);
        }
        try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
            var parser = new PolicyParser(json);
            json.nextToken();
            return parser.document(versionOf(text));
        } catch (JacksonException e) {
            throw new MalformedPolicyException(INVALID_JSON);
        }
    }

    /**
     * The version decides how the statements read, and may stand after them: so the text is read twice. The first time to
     * its end, so that a text that is no JSON at all is not blamed for its grammar.
     */
    private static String versionOf(String text) {
        var version = PolicyDocument.FIRST_VERSION;
        try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            while (object && json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("Version")) {
                    version = json.getString();
                }
                json.skipChildren();
            }
            while (json.nextToken() != null) {
                if (object) {
                    throw new MalformedPolicyException(INVALID_JSON);
                }
            }
        }
        return version;
    }

    private PolicyDocument document(String version) {
        boolean variables = version.equals(PolicyDocument.VARIABLES_SINCE);
        String id = null;
        List<Statement> statements = null;
        expect(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "Version" -> text();
                case "Id" -> id = text();
                case "Statement" -> statements = statements(variables);
                default -> throw syntax();
            }
        }
        if (statements == null || statements.isEmpty()) {
            throw syntax();
        }
        return new PolicyDocument(version, id, statements);
    }

    private List<Statement> statements(boolean variables) {
        var statements = new ArrayList<Statement>();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            statements.add(statement(1, variables));
            return statements;
        }
        expect(JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            statements.add(statement(statements.size() + 1, variables));
        }
        return statements;
    }

    private Statement statement(int number, boolean variables) {
        expect(JsonToken.START_OBJECT);
        var start = json.currentTokenLocation();
        String sid = null;
        Effect effect = null;
        Clause<PrincipalPattern> principals = null;
        Clause<Statement.Action> actions = null;
        Clause<Template> resources = null;
        List<Condition> conditions = List.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            boolean negated = name.startsWith("Not");
            switch (name) {
                case "Sid" -> sid = text();
                case "Effect" -> effect = effect();
                case "Principal", "NotPrincipal" -> principals = only(principals, new Clause<>(negated, principals()));
                case "Action", "NotAction" ->
                    actions = only(
                            actions,
                            new Clause<>(
                                    negated,
                                    texts().stream().map(Statement.Action::of).toList()));
                case "Resource", "NotResource" ->
                    resources = only(
                            resources,
                            new Clause<>(
                                    negated,
                                    texts().stream()
                                            .map(text -> Template.of(text, variables))
                                            .toList()));
                case "Condition" -> conditions = conditions(variables);
                default -> throw syntax();
            }
        }
        if (effect == null) {
            throw new MalformedPolicyException("Missing required field Effect");
        }
        var end = json.currentLocation();
        var span = new Span(start.getLineNr(), start.getColumnNr(), end.getLineNr(), end.getColumnNr());
        return new Statement(number, sid, effect, principals, actions, resources, conditions, span);
    }

    private Effect effect() {
        return switch (text()) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw syntax();
        };
    }

    private List<PrincipalPattern> principals() {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            if (!json.getString().equals("*")) {
                throw syntax();
            }
            return List.of(new PrincipalPattern.Everyone());
        }
        expect(JsonToken.START_OBJECT);
        var principals = new ArrayList<PrincipalPattern>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var type = json.currentName();
            json.nextToken();
            for (var text : texts()) {
                principals.add(principal(type, text));
            }
        }
        return principals;
    }

    private static PrincipalPattern principal(String type, String text) {
        return switch (type) {
            case "AWS" -> {
                if (text.equals("*")) {
                    yield new PrincipalPattern.Everyone();
                }
                var account = Principals.accountOf(text);
                yield account.isEmpty()
                        ? new PrincipalPattern.Identity(text)
                        : new PrincipalPattern.Account(account.get());
            }
            case "Service" -> new PrincipalPattern.ServiceName(text);
            case "Federated", "CanonicalUser" -> new PrincipalPattern.Foreign(type, text);
            default -> throw syntax();
        };
    }

    private List<Condition> conditions(boolean variables) {
        expect(JsonToken.START_OBJECT);
        var conditions = new ArrayList<Condition>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var spelled = json.currentName();
            json.nextToken();
            expect(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = json.currentName();
                json.nextToken();
                var values = texts().stream()
                        .map(text -> Template.of(text, variables))
                        .toList();
                conditions.add(condition(spelled, key, values));
            }
        }
        return conditions;
    }

    private static Condition condition(String spelled, String key, List<Template> values) {
        var quantifier = Condition.Quantifier.PLAIN;
        for (var candidate : List.of(Condition.Quantifier.EVERY, Condition.Quantifier.SOME)) {
            if (spelled.startsWith(candidate.prefix())) {
                quantifier = candidate;
            }
        }
        var name = spelled.substring(quantifier.prefix().length());
        boolean ifExists = name.endsWith("IfExists");
        var operator = ConditionOperator.find(ifExists ? name.substring(0, name.length() - "IfExists".length()) : name)
                .orElseThrow(() -> unknownOperator(spelled));
        if (operator == ConditionOperator.NULL && (ifExists || quantifier != Condition.Quantifier.PLAIN)) {
            throw unknownOperator(spelled);
        }
        return new Condition(quantifier, operator, ifExists, key, values);
    }

    private static MalformedPolicyException unknownOperator(String spelled) {
        return new MalformedPolicyException("Invalid Condition type : " + spelled);
    }

    /** One text, or a list of them. */
    private List<String> texts() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return List.of(scalar());
        }
        var texts = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(scalar());
        }
        return texts;
    }

    private String text() {
        expect(JsonToken.VALUE_STRING);
        return json.getString();
    }

    /** Conditions may spell numbers and truth values without quotes. */
    private String scalar() {
        var token = json.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw syntax();
        }
        return json.getString();
    }

    private void expect(JsonToken token) {
        if (json.currentToken() != token) {
            throw json.currentToken() == null ? new MalformedPolicyException(INVALID_JSON) : syntax();
        }
    }

    private static <T> T only(@Nullable T before, T now) {
        if (before != null) {
            throw syntax();
        }
        return now;
    }

    private static MalformedPolicyException syntax() {
        return new MalformedPolicyException(SYNTAX_ERRORS);
    }
}
