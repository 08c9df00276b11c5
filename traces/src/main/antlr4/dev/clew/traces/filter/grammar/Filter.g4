// SPDX-License-Identifier: Apache-2.0
// Filter expressions. The names of keywords are no tokens: which ones there are, and where, is told by Keyword.
grammar Filter;

options {
    caseInsensitive = true;
}

filter
    : expression EOF
    ;

selector
    : (service | edge | entityId) EOF
    ;

expression
    : conjunction (OR conjunction)*
    ;

conjunction
    : unary (AND? unary)* // standing side by side means AND
    ;

unary
    : (NO | NOT)? primary
    ;

primary
    : OPEN expression CLOSE
    | service
    | edge
    | annotation
    | group
    | rootCause
    | rootCauseJson
    | comparison
    ;

comparison
    : WORD (operator value)?
    ;

annotation
    : ANNOTATION (operator value)?
    ;

service
    : SERVICE OPEN entity? CLOSE block?
    ;

edge
    : EDGE OPEN from = entity? COMMA to = entity? CLOSE block?
    ;

entity
    : STRING
    | entityId
    ;

entityId
    : ID OPEN idPart (COMMA idPart)* CLOSE
    ;

idPart
    : WORD COLON STRING
    ;

block
    : BEGIN expression END
    ;

group
    : GROUP (EQUAL | NOT_EQUAL) STRING
    ;

rootCause
    : ROOT_CAUSE block?
    ;

rootCauseJson
    : ROOT_CAUSE_JSON (EQUAL | NOT_EQUAL) JSON
    ;

operator
    : EQUAL
    | NOT_EQUAL
    | LESS
    | AT_MOST
    | GREATER
    | AT_LEAST
    | CONTAINS
    | BEGINS_WITH
    | ENDS_WITH
    ;

value
    : STRING
    | NUMBER
    | TRUE
    | FALSE
    | bareword
    ;

bareword
    : WORD
    | SERVICE
    | EDGE
    | ID
    ;

AND: 'and';
OR: 'or';
NOT: 'not';
TRUE: 'true';
FALSE: 'false';
CONTAINS: 'contains';
BEGINS_WITH: 'beginswith';
ENDS_WITH: 'endswith';
SERVICE: 'service';
EDGE: 'edge';
ID: 'id';
GROUP: 'group.name' | 'group.arn';
ROOT_CAUSE_JSON: 'rootcause.json';
ROOT_CAUSE: 'rootcause.' (('fault' | 'error') '.' ('service' | 'entity' | 'exception') | 'responsetime.' ('service' | 'entity'));
ANNOTATION: 'annotation.' KEY | 'annotation' SPACE* '[' SPACE* (KEY | QUOTED) SPACE* ']';

EQUAL: '=';
NOT_EQUAL: '!=';
LESS: '<';
AT_MOST: '<=';
GREATER: '>';
AT_LEAST: '>=';
NO: '!';
OPEN: '(';
CLOSE: ')';
BEGIN: '{';
END: '}';
COMMA: ',';
COLON: ':';

NUMBER: '-'? DIGIT+ ('.' DIGIT+)? ('e' [+-]? DIGIT+)?;
STRING: QUOTED;
JSON: '#' BRACKETED;
// A colon belongs to a word only inside it, so that id(name: "x") needs no space.
WORD: LETTER (LETTER | DIGIT | [_.-] | ':'+ (LETTER | DIGIT))*;
SKIPPED: SPACE+ -> skip;
UNENDED: '"' (~["\\] | '\\' .)* '\\'?;
UNKNOWN: .;

fragment QUOTED: '"' (~["\\] | '\\' .)* '"';
fragment BRACKETED: '[' (QUOTED | BRACKETED | ~["\][])* ']';
fragment KEY: (LETTER | DIGIT | [_.:-])+;
fragment LETTER: [a-z];
fragment DIGIT: [0-9];
fragment SPACE: [ \t\r\n];
