// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { searchFor } from '../../main/web/app/search';
import { differences } from '../../main/web/compare/difference';
import { brushed, brushOf, textOf } from '../../main/web/traces/brush';
import { complete } from '../../main/web/traces/completion';
import { both, quoted } from '../../main/web/traces/expression';
import { lineOf, type TraceLine } from '../../main/web/traces/line';
import { merge } from '../../main/web/traces/merge';
import { mistakeIn } from '../../main/web/traces/mistake';
import { vocabularyOf } from '../../main/web/traces/vocabulary';

const line = (id: string, more: Partial<TraceLine> = {}): TraceLine => ({
  id,
  start: 1_000,
  duration: 1,
  response: 1,
  outcome: 'ok',
  inside: false,
  what: 'GET /',
  entry: 'api',
  status: 200,
  services: ['api'],
  annotations: [],
  users: [],
  ...more,
});

describe('a summary as a line', () => {
  test('the id tells the start when the summary does not', () => {
    expect(lineOf({ Id: '1-58406520-a006649127e371903a2de979' }).start).toBe(1_480_615_200_000);
  });

  test('the outcome is how the caller was answered; a refusal further in is told apart', () => {
    expect(lineOf({ HasError: true, HasThrottle: true }).outcome).toBe('throttle');
    expect(lineOf({ HasFault: true, HasError: true }).outcome).toBe('fault');
    const refused = lineOf({ Annotations: { 'clew.outcome': [{ AnnotationValue: { StringValue: 'refused' } }] } });
    expect([refused.outcome, refused.inside]).toEqual(['ok', true]);
  });

  test("the platform's own annotations are left out, single values come first", () => {
    const value = (StringValue: string) => ({ AnnotationValue: { StringValue } });
    const { annotations } = lineOf({
      Annotations: {
        b: [value('1'), value('2')],
        order_id: [value('o')],
        'aws:api_id': [value('x')],
        'clew.bus': [value('y')],
      },
    });
    expect(annotations).toEqual([
      ['order_id', 'o'],
      ['b', '1'],
      ['b', '2'],
    ]);
  });

  test('the client is no service', () => {
    const { services } = lineOf({ ServiceIds: [{ Name: 'api', Type: 'client' }, { Name: 'fn' }, { Name: 'fn' }] });
    expect(services).toEqual(['fn']);
  });
});

describe('the feed', () => {
  test('news replace what was known, newest first, and what is too old goes', () => {
    const known = [line('a', { start: 10_000 }), line('b', { start: 5_000, outcome: 'in progress' })];
    const news = [line('c', { start: 12_000 }), line('b', { start: 5_000 })];
    const merged = merge(known, news, { from: 5_500, to: 20_000 });
    expect(merged.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['c ok', 'a ok', 'b ok']);
    expect(merge(known, news, { from: 9_000, to: 20_000 }).map(({ id }) => id)).toEqual(['c', 'a']);
  });
});

describe('completion', () => {
  const words = vocabularyOf([
    line('a', {
      services: ['payment-service', 'order'],
      annotations: [
        ['order_id', 'order-1'],
        ['amount', '99.99'],
      ],
    }),
  ]);
  const texts = (text: string) => complete(text, text.length, words).map((way) => text.slice(0, way.from) + way.text);

  test.each([
    ['respon', 'responsetime'],
    ['service("pay', 'service("payment-service")'],
    ['edge("', 'edge("order", "'],
    ['edge("order", "pay', 'edge("order", "payment-service")'],
    ['annotation.ord', 'annotation.order_id '],
    ['annotation.order_id = ', 'annotation.order_id = "order-1"'],
    ['annotation[amount] > ', 'annotation[amount] > 99.99'],
    ['duration > ', undefined],
    ['annotation[amount] = 9', 'annotation[amount] = 99.99'],
    ['duration ', 'duration > '],
    ['http.url ', 'http.url = '],
    ['service("x") ', 'service("x") AND '],
    ['ok AND fau', 'ok AND fault'],
  ])('%s goes on as %s', (text, expected) => {
    expect(texts(text)[0]).toBe(expected);
  });

  test('a name with a quote is written so that it is read back', () => {
    const odd = vocabularyOf([line('a', { services: ['say "hi"'] })]);
    expect(complete('service("', 9, odd)[0]?.text).toBe('"say \\"hi\\"")');
  });
});

test('the column that the server names is underlined', () => {
  expect(mistakeIn("Invalid input symbol 'okay' at column 6 (expected: a keyword)", 'ok ORokay')).toEqual({
    from: 5,
    to: 9,
  });
  expect(mistakeIn('Invalid at column 3', 'ok')).toEqual({ from: 2, to: 3 });
  expect(mistakeIn('Invalid at column 9', 'ok')).toBeUndefined();
  expect(mistakeIn('Rate exceeded', 'ok')).toBeUndefined();
});

test('expressions are put together', () => {
  expect(both(' a ', 'b')).toBe('a AND b');
  expect(both('', 'b')).toBe('b');
  expect(quoted('a"b\\c')).toBe('"a\\"b\\\\c"');
});

describe('the brush', () => {
  const brush = { from: 1_000, to: 2_000, least: 0.5, most: 2 };

  test('survives in the address', () => {
    expect(brushOf(textOf(brush))).toEqual(brush);
    expect(brushOf('1~2~3')).toBeUndefined();
    expect(brushOf('2~1~3~4')).toBeUndefined();
    expect(brushOf('a~b~c~d')).toBeUndefined();
  });

  test('chooses by time and duration', () => {
    expect(brushed(line('a', { start: 1_500 }), brush)).toBe(true);
    expect(brushed(line('a', { start: 2_500 }), brush)).toBe(false);
    expect(brushed(line('a', { start: 1_500, duration: 3 }), brush)).toBe(false);
    expect(brushed(line('a', { start: 1_500, duration: undefined }), brush)).toBe(false);
  });
});

test('what differs most comes first, what is the same everywhere does not come', () => {
  const slow = [1, 2, 3].map((n) => line(`s${n}`, { annotations: [['warehouse', 'west']], services: ['api', 'tax'] }));
  const rest = [1, 2, 3, 4].map((n) => line(`r${n}`, { annotations: [['warehouse', n === 1 ? 'west' : 'east']] }));
  const found = differences(slow, rest).map(({ field, value, chosen, rest: others }) => [field, value, chosen, others]);
  expect(found).toEqual([
    ['service', 'tax', 3, 0],
    ['annotation warehouse', 'east', 0, 3],
    ['annotation warehouse', 'west', 3, 1],
  ]);
});

describe('search', () => {
  test.each([
    ['1-6B036E96-6c5f51383e832b1faf20689c', 'traces/1-6b036e96-6c5f51383e832b1faf20689c', {}],
    ['4efaaf4d1e8720b39541901950019ee5', 'traces/1-4efaaf4d-1e8720b39541901950019ee5', {}],
    ['984b1190-2f07-4c30-8593-f0a43de5ee08', 'events/984b1190-2f07-4c30-8593-f0a43de5ee08', {}],
    ['order_id=order-1', 'traces', { filter: 'annotation[order_id] = "order-1"' }],
    ['annotation.amount = 99.99', 'traces', { filter: 'annotation[amount] = 99.99' }],
    ['customer7', 'traces', { find: 'customer7' }],
  ])('%s leads to %s', (text, path, params) => {
    expect(searchFor(text)).toEqual({ path, params });
  });

  test('nothing leads nowhere', () => expect(searchFor('  ')).toBeUndefined());
});
