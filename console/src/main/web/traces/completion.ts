// SPDX-License-Identifier: Apache-2.0
import { quoted } from './expression';
import type { Vocabulary } from './vocabulary';

/** One way to go on: `text` replaces what stands from `from` up to the cursor. */
export interface Completion {
  readonly text: string;
  readonly from: number;
  readonly hint: string;
}

const KEYWORDS: ReadonlyArray<readonly [string, string]> = [
  ['responsetime', 'seconds until the answer'],
  ['duration', 'seconds of the whole trace'],
  ['fault', 'answered 5xx, or failed'],
  ['error', 'answered 4xx'],
  ['throttle', 'answered 429'],
  ['ok', 'none of these'],
  ['partial', 'still in progress'],
  ['http.url', 'of the entry point'],
  ['http.method', 'of the entry point'],
  ['http.status', 'of the entry point'],
  ['http.useragent', 'of the entry point'],
  ['http.clientip', 'of the entry point'],
  ['service("', 'touched a service'],
  ['edge("', 'one service called another'],
  ['annotation.', 'what your code wrote'],
  ['user', 'of any segment'],
  ['resource.arn', 'of any segment'],
  ['group.name', 'a stored expression'],
  ['rootcause.fault.service', 'where a fault began'],
  ['rootcause.responsetime.service', 'where the time went'],
];
const NUMBERS = ['>', '<', '>=', '<=', '=', '!='];
const TEXTS = ['=', '!=', 'CONTAINS', 'BEGINSWITH', 'ENDSWITH'];
const NUMERIC = /(?:^|[\s({!])(responsetime|duration|http\.status)\s+$/i;
const TEXTUAL =
  /(?:^|[\s({!])(http\.(?:url|method|useragent|clientip)|user|resource\.arn|group\.name|annotation[.[][\w.:\-\]]+)\s+$/i;
const MOST = 9;

/** How `text` may go on at `cursor`, best first. */
export function complete(text: string, cursor: number, words: Vocabulary): Completion[] {
  const before = text.slice(0, cursor);
  return (
    inService(before, words) ??
    inAnnotationValue(before, words) ??
    inAnnotationKey(before, words) ??
    afterKeyword(before) ??
    keywords(before)
  ).slice(0, MOST);
}

function inService(before: string, words: Vocabulary): Completion[] | undefined {
  const [, opened, typed = ''] = /(service\(|edge\((?:"[^"]*",\s*)?)"([^"]*)$/i.exec(before) ?? [];
  if (opened === undefined) {
    return undefined;
  }
  const first = /edge\($/i.test(opened);
  return matching(words.services, typed).map((name) => ({
    text: quoted(name) + (first ? ', "' : ')'),
    from: before.length - typed.length - 1,
    hint: 'service',
  }));
}

function inAnnotationKey(before: string, words: Vocabulary): Completion[] | undefined {
  const [, typed] = /annotation\.([\w.:-]*)$/i.exec(before) ?? [];
  return typed === undefined
    ? undefined
    : matching([...words.annotations.keys()], typed).map((key) => ({
        text: `${key} `,
        from: before.length - typed.length,
        hint: 'annotation',
      }));
}

function inAnnotationValue(before: string, words: Vocabulary): Completion[] | undefined {
  const [, dotted, bracketed, typed] =
    /annotation(?:\.([\w.:-]+)|\[([^\]]+)\])\s*(?:!?=|[<>]=?|CONTAINS|BEGINSWITH|ENDSWITH)\s*("?[^"\s]*)$/i.exec(
      before,
    ) ?? [];
  const key = dotted ?? bracketed;
  if (key === undefined || typed === undefined) {
    return undefined;
  }
  const wanted = typed.replace(/^"/, '');
  return matching(words.annotations.get(key) ?? [], wanted).map((value) => ({
    text: /^-?\d+(\.\d+)?$/.test(value) ? value : quoted(value),
    from: before.length - typed.length,
    hint: key,
  }));
}

function afterKeyword(before: string): Completion[] | undefined {
  const operators = NUMERIC.test(before) ? NUMBERS : TEXTUAL.test(before) ? TEXTS : undefined;
  return operators?.map((text) => ({ text: `${text} `, from: before.length, hint: '' }));
}

function keywords(before: string): Completion[] {
  const [typed = ''] = /[\w.]*$/.exec(before) ?? [];
  const complete = before.trimEnd();
  if (/[=<>]$/.test(complete)) {
    return []; // a value that nobody here knows
  }
  if (typed === '' && /["\w)}\]]$/.test(complete)) {
    return complete === before ? [] : ['AND ', 'OR '].map((text) => ({ text, from: before.length, hint: '' }));
  }
  return KEYWORDS.filter(([word]) => word.startsWith(typed.toLowerCase()) && word !== typed.toLowerCase()).map(
    ([text, hint]) => ({ text, from: before.length - typed.length, hint }),
  );
}

/** Those that begin with `typed`, then those that contain it. */
function matching(candidates: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const found = candidates.filter((candidate) => candidate.toLowerCase().includes(wanted) && candidate !== typed);
  const begins = (candidate: string) => (candidate.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b));
}
