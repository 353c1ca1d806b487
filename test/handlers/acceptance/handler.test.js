'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { listOf } = require('../runtime/ec2');
const { Refusal, changes, config, connection, listed, loadHandler, refused, serviceId, startService, stranger } = require('./service');

const pending = (n) => Array.from({ length: n }, (_, i) => connection(`vpce-${i + 1}`, listed, 'pendingAcceptance'));
const metrics = ({ lines }) => {
  const { _aws, ServiceId, OldestWaiting, ...counts } = lines.at(-1);
  return counts;
};

test('all pages are read', async (t) => {
  const requests = await startService(t, pending(5));
  const loaded = loadHandler();
  await loaded.handler();
  assert.deepEqual(requests.map(({ NextToken }) => NextToken).slice(0, 3), [undefined, '2', '4']);
  assert.deepEqual(changes(requests), ['Accept vpce-1 vpce-2 vpce-3 vpce-4 vpce-5']);
  assert.equal(loaded.lines.length, 6);
});

test('accepts, rejects, leaves and keeps in one run', async (t) => {
  const connections = [
    connection('vpce-1', listed, 'pendingAcceptance'),
    connection('vpce-2', stranger, 'pendingAcceptance', { creationTimestamp: new Date(Date.now() - 3_600_000).toISOString() }),
    connection('vpce-3', stranger, 'available'),
    connection('vpce-4', listed, 'available'),
  ];
  await startService(t, connections);
  const loaded = loadHandler(config({ cutRemoved: true }));
  await loaded.handler();
  assert.deepEqual(
    connections.map(({ vpcEndpointState }) => vpcEndpointState),
    ['available', 'pendingAcceptance', 'rejected', 'available'],
  );
  assert.deepEqual(metrics(loaded), { Accepted: 1, Rejected: 1, Waiting: 1, Failed: 0 });
  assert.ok(Math.abs(loaded.lines.at(-1).OldestWaiting - 3600) < 60);
});

test('the event means nothing', async (t) => {
  const requests = await startService(t, pending(1));
  const { handler } = loadHandler();
  for (const event of [undefined, null, {}, 'text', { Records: [{ Sns: { Message: '{' } }] }]) await handler(event);
  assert.deepEqual(changes(requests), ['Accept vpce-1']);
});

test('one line of metrics, in the embedded format of CloudWatch', async (t) => {
  await startService(t, []);
  const loaded = loadHandler();
  await loaded.handler();
  const [{ _aws, ...values }] = loaded.lines;
  const names = ['Accepted', 'Rejected', 'Waiting', 'Failed', 'OldestWaiting'];
  assert.deepEqual(_aws.CloudWatchMetrics, [
    { Namespace: 'PrivateApi', Dimensions: [['ServiceId']], Metrics: names.map((Name) => ({ Name })) },
  ]);
  assert.ok(Math.abs(_aws.Timestamp - Date.now()) < 60_000);
  assert.deepEqual(values, { ServiceId: serviceId, Accepted: 0, Rejected: 0, Waiting: 0, Failed: 0, OldestWaiting: 0 });
  assert.ok(loaded.text.endsWith('\n'));
});

test('three refusals for too many requests are waited out', async (t) => {
  let refusals = 0;
  const throttle = () => (refusals++ < 3 ? new Refusal('RequestLimitExceeded', 'Request limit exceeded.', 503) : undefined);
  const requests = await startService(t, pending(1), { DescribeVpcEndpointConnections: throttle });
  await loadHandler().handler();
  assert.equal(requests.filter(({ Action }) => Action === 'DescribeVpcEndpointConnections').length, 4);
  assert.deepEqual(changes(requests), ['Accept vpce-1']);
});

test('what EC2 refuses is a failure if it is still to be done', async (t) => {
  const connections = pending(2);
  const refuse = () => {
    connections[1].vpcEndpointState = 'available'; // the first is accepted by nobody, the second by somebody else
    return { unsuccessful: [refused('vpce-1'), refused('vpce-2')] };
  };
  connections.push(connection('vpce-3', listed, 'available'));
  const requests = await startService(t, connections, { AcceptVpcEndpointConnections: refuse });
  const loaded = loadHandler();
  await loaded.handler();
  assert.deepEqual(listOf(requests.at(-1), 'Filter.2.Value'), ['vpce-1', 'vpce-2']);
  assert.deepEqual(
    loaded.lines.slice(0, 2).map(({ id, failed }) => [id, failed]),
    [
      ['vpce-1', 'InvalidVpcEndpointState: vpce-1 is busy'],
      ['vpce-2', undefined],
    ],
  );
  assert.deepEqual(metrics(loaded), { Accepted: 1, Rejected: 0, Waiting: 0, Failed: 1 });
});

test('what EC2 refuses because it is gone is no failure', async (t) => {
  const connections = [connection('vpce-1', stranger, 'available')];
  const refuse = () => {
    connections.pop();
    return { unsuccessful: [refused('vpce-1')] };
  };
  await startService(t, connections, { RejectVpcEndpointConnections: refuse });
  const loaded = loadHandler(config({ cutRemoved: true }));
  await loaded.handler();
  assert.equal(metrics(loaded).Failed, 0);
});

test('two runs at once accept once, and neither fails', async (t) => {
  const connections = pending(3);
  await startService(t, connections);
  const runs = [loadHandler(), loadHandler()];
  await Promise.all(runs.map(({ handler }) => handler()));
  assert.ok(connections.every(({ vpcEndpointState }) => vpcEndpointState === 'available'));
  for (const run of runs) assert.equal(metrics(run).Failed, 0);
});

test('a second run changes nothing', async (t) => {
  const requests = await startService(t, pending(1));
  const loaded = loadHandler();
  await loaded.handler();
  const before = requests.length;
  await loaded.handler();
  assert.deepEqual(changes(requests.slice(before)), []);
  assert.deepEqual(metrics(loaded), { Accepted: 0, Rejected: 0, Waiting: 0, Failed: 0 });
});

test('an accepted connection is in the log although EC2 denies the rejection', async (t) => {
  const deny = () => new Refusal('UnauthorizedOperation');
  const connections = [connection('vpce-1', listed, 'pendingAcceptance'), connection('vpce-2', stranger, 'available')];
  await startService(t, connections, { RejectVpcEndpointConnections: deny });
  const loaded = loadHandler(config({ cutRemoved: true }));
  await assert.rejects(loaded.handler(), { name: 'UnauthorizedOperation' });
  assert.deepEqual(
    loaded.lines.map(({ id, action }) => [id, action]),
    [['vpce-1', 'accept']],
  );
});

test('an unknown state changes nothing', async (t) => {
  const connections = [...pending(3), connection('vpce-9', stranger, 'partial')];
  const requests = await startService(t, connections);
  const loaded = loadHandler(config({ cutRemoved: true }));
  await assert.rejects(loaded.handler(), /partial/);
  assert.deepEqual(changes(requests), []);
  assert.equal(loaded.text, '');
});

const consumer = { label: 'checkout', account: listed };
for (const [name, value, message] of [
  ['nothing', 'undefined', /undefined/],
  ['no service', config({ serviceId: undefined }), /serviceId|match|undefined/],
  ['another service ID', config({ serviceId: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }), /match/],
  ['no consumers', config({ consumers: undefined }), /consumers|iterable/],
  ['a consumer that is null', config({ consumers: [null] }), /null/],
  ['no account', config({ consumers: [{ label: 'checkout' }] }), /account undefined/],
  ['a short account', config({ consumers: [{ ...consumer, account: '11111111111' }] }), /account 11111111111/],
  ['an account twice', config({ consumers: [consumer, consumer] }), /account 111111111111/],
  ['an expiry that is no date', config({ consumers: [{ ...consumer, expires: 'next year' }] }), /next year/],
  ['a date that does not exist', config({ consumers: [{ ...consumer, expires: '2027-13-01' }] }), /2027-13-01/],
  ['no cutRemoved', config({ cutRemoved: undefined }), /cut everyone/],
  ['cutRemoved as text', config({ cutRemoved: 'false' }), /cut everyone/],
  ['an empty list with cutRemoved', config({ cutRemoved: true, consumers: [] }), /cut everyone/],
]) {
  test(`an unreadable configuration changes nothing: ${name}`, async (t) => {
    const requests = await startService(t, [...pending(1), connection('vpce-2', stranger, 'available')]);
    const loaded = loadHandler(value);
    await assert.rejects(loaded.handler(), message);
    assert.deepEqual(requests, []);
    assert.equal(loaded.text, '');
  });
}

test('an empty list accepts nobody', async (t) => {
  const requests = await startService(t, [...pending(1), connection('vpce-2', stranger, 'available')]);
  const loaded = loadHandler(config({ consumers: [] }));
  await loaded.handler();
  assert.deepEqual(changes(requests), []);
  assert.deepEqual(metrics(loaded), { Accepted: 0, Rejected: 0, Waiting: 1, Failed: 0 });
});
