'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { changes, config, connection, listed, loadHandler, serviceId, startService, stranger } = require('./service');

const waits = ['pendingAcceptance', 'PendingAcceptance']; // as EC2 spells it, and as the SDK does
const connected = ['pending', 'available', 'Pending', 'Available'];
const ended = ['rejected', 'deleting', 'deleted', 'failed', 'expired', 'Rejected'];

const lasts = { label: 'checkout', account: listed };
const expired = { ...lasts, expires: '2020-01-31' };

/** The decision table: who is listed, the states, and the action without and with cutRemoved. A reason means a line in the log. */
const table = [
  { who: 'listed', entry: lasts, states: waits, off: 'accept', on: 'accept', reason: 'listed' },
  { who: 'listed', entry: lasts, states: connected, off: 'keep', on: 'keep' },
  { who: 'listed', entry: lasts, states: ended, off: 'keep', on: 'keep' },
  { who: 'expired', entry: expired, states: waits, off: 'leave', on: 'leave', reason: 'expired' },
  { who: 'expired', entry: expired, states: connected, off: 'keep', on: 'reject', reason: 'expired' },
  { who: 'expired', entry: expired, states: ended, off: 'keep', on: 'keep' },
  { who: 'a stranger', states: waits, off: 'leave', on: 'leave', reason: 'not listed' },
  { who: 'a stranger', states: connected, off: 'keep', on: 'reject', reason: 'not listed' },
  { who: 'a stranger', states: ended, off: 'keep', on: 'keep' },
];

const other = { label: 'other', account: '222222222222' };
const request = { accept: ['Accept vpce-1'], reject: ['Reject vpce-1'] };
const metric = { accept: 'Accepted', reject: 'Rejected', leave: 'Waiting' };

for (const { who, entry, states, reason, ...actions } of table) {
  for (const state of states) {
    for (const cutRemoved of [false, true]) {
      const action = cutRemoved ? actions.on : actions.off;
      test(`${who}, ${state}, cutRemoved ${cutRemoved}: ${action}`, async (t) => {
        const owner = entry ? listed : stranger;
        const requests = await startService(t, [connection('vpce-1', owner, state)], {
          AcceptVpcEndpointConnections: done,
          RejectVpcEndpointConnections: done,
        });
        const { handler, ...written } = run({ cutRemoved, consumers: entry ? [other, entry] : [other] });
        await handler();
        assert.deepEqual(changes(requests), request[action] ?? []);
        const lines = written.lines();
        assert.deepEqual(lines.slice(0, -1), reason ? [line({ owner, label: entry?.label, state, action, reason })] : []);
        const { Accepted, Rejected, Waiting, Failed } = lines.at(-1);
        const want = { Accepted: 0, Rejected: 0, Waiting: 0, Failed: 0 };
        if (action in metric) want[metric[action]] = 1;
        assert.deepEqual({ Accepted, Rejected, Waiting, Failed }, want);
      });
    }
  }
}

function done() {
  return { unsuccessful: [] };
}

function run(more) {
  const loaded = loadHandler(config(more));
  return { handler: loaded.handler, lines: () => loaded.lines };
}

/** A line of the log, without what is undefined. */
function line({ owner, label, state, action, reason }) {
  const lowered = state[0].toLowerCase() + state.slice(1);
  const created = '2026-01-01T00:00:00.000Z';
  return JSON.parse(
    JSON.stringify({
      type: 'decision',
      service: serviceId,
      id: 'vpce-1',
      owner,
      label,
      region: 'eu-west-1',
      state: lowered,
      action,
      reason,
      created,
    }),
  );
}

/** A date counts to its end in UTC, and a time to itself. */
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString();
const expiries = [
  { expires: day(0).slice(0, 10), counts: true },
  { expires: day(1).slice(0, 10), counts: true },
  { expires: day(-1).slice(0, 10), counts: false },
  { expires: day(0.001), counts: true },
  { expires: day(-0.001), counts: false },
  { expires: '2999-12-31T23:59:59+02:00', counts: true },
  { expires: '2999-12-31T23:59:59.123456789-23:59', counts: true },
];

for (const { expires, counts } of expiries) {
  test(`expires ${expires}`, async (t) => {
    const requests = await startService(t, [connection('vpce-1', listed, 'pendingAcceptance')]);
    await loadHandler(config({ consumers: [{ ...lasts, expires }] })).handler();
    assert.deepEqual(changes(requests), counts ? ['Accept vpce-1'] : []);
  });
}
