// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { isSettled, tallyOf } from '../../main/web/events/redriven';
import { doneOf, isOver, localInput, replayName } from '../../main/web/events/replay';
import { storiesFrom } from '../../main/web/events/wire';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, seconds));

test('a replay is as far as the time of the last event it put again', () => {
  const running = { State: 'RUNNING', EventStartTime: at(0), EventEndTime: at(40) };
  expect(doneOf(running)).toBe(0);
  expect(doneOf({ ...running, EventLastReplayedTime: at(10) })).toBe(0.25);
  expect(doneOf({ ...running, EventLastReplayedTime: at(50) })).toBe(1);
});

test('a completed replay is done however early its last event was; a cancelled one stays where it ended', () => {
  const times = { EventStartTime: at(0), EventEndTime: at(40), EventLastReplayedTime: at(10) };
  expect(doneOf({ ...times, State: 'COMPLETED' })).toBe(1);
  expect(doneOf({ ...times, State: 'CANCELLED' })).toBe(0.25);
  expect(isOver({ State: 'CANCELLED' })).toBe(true);
  expect(isOver({ State: 'CANCELLING' })).toBe(false);
});

test('the name of a replay stays within the letters and the length that the bus allows', () => {
  const name = replayName(`${'archive of orders '.repeat(5)}`, at(7));
  expect(name).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
  expect(name).not.toBe(replayName(`${'archive of orders '.repeat(5)}`, at(8)));
});

test('a moment goes into a field of local time and comes back the same', () => {
  expect(new Date(localInput(at(7))).getTime()).toBe(at(7).getTime());
});

test('deliveries that are made again are tallied by rule and target, unknown ones are on the way', () => {
  const rule = 'arn:aws:events:us-east-1:111111111111:rule/orders/pay';
  const redriven = ['a', 'b', 'c'].map((event) => ({ event, rule, target: 'arn:one' }));
  const story = (id: string, outcome: string, target = 'arn:one') =>
    storiesFrom({ id, arrivals: [{ bus: 'orders', outcome, matched: ['pay'], deliveries: [{ rule, target, outcome }] }] });
  const some = [...story('a', 'delivered'), ...story('b', 'dead-lettered'), ...story('c', 'failed', 'arn:another')];
  expect(tallyOf(redriven, some)).toEqual({ all: 3, delivered: 1, failed: 1 });
  expect(isSettled(tallyOf(redriven, some))).toBe(false);
  expect(isSettled(tallyOf(redriven, [...some, ...story('c', 'delivered')]))).toBe(true);
});
