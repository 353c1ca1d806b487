'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { load } = require('../runtime/load');
const { startEc2 } = require('../runtime/ec2');
const { jumpingClock } = require('./clock');
const { startCloudFormation } = require('./cloudformation');
const { service } = require('./service');
const cases = require('./cases');

const file = 'constructs/dnsverification/handler.js';
const letters = { DescribeVpcEndpointServiceConfigurations: 'D', StartVpcEndpointServicePrivateDnsVerification: 'S' };

// What the construct tells the handler, in seconds.
const config = { timeout: 600, poll: 15, restart: 60, settle: 30 };

/** The event of a custom resource. */
function eventOf({ RequestType = 'Create', name = 'api.company.com', txt = ['_abc', 'vpce:xyz'], physical }, ResponseURL) {
  return {
    RequestType,
    ResponseURL,
    PhysicalResourceId: physical,
    StackId: 'arn:aws:cloudformation:eu-west-1:222222222222:stack/Pricing/0',
    RequestId: 'request',
    LogicalResourceId: 'Verification',
    ResourceProperties: { ServiceId: 'vpce-svc-1', PrivateDnsName: name, TxtName: txt[0], TxtValue: txt[1] },
  };
}

for (const [name, wanted] of Object.entries(cases)) {
  test(name, async (t) => {
    const calls = await startEc2(t, service(wanted.service));
    const { url, requests } = await startCloudFormation(t, wanted.refusedAnswers);
    const event = eventOf(wanted.request ?? {}, url);
    const waited = jumpingClock(t);
    const lambda = load(file, { ...config, ...wanted.config });

    await lambda.handler(event);

    assert.equal(calls.map((call) => letters[call.Action] ?? call.Action).join(''), wanted.calls);
    if (wanted.waits !== undefined) assert.equal(waited(), wanted.waits);
    assert.equal(requests.length, (wanted.refusedAnswers ?? 0) + 1);
    const { method, type, length, body } = requests.at(-1);
    assert.deepEqual({ method, type, length }, { method: 'PUT', type: undefined, length: String(body.length) });
    assert.ok(body.length <= 4096, `an answer of ${body.length} bytes`);
    const { Reason, ...answer } = JSON.parse(body);
    assert.deepEqual(answer, {
      Status: wanted.status,
      PhysicalResourceId: wanted.physical ?? 'vpce-svc-1/api.company.com',
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    });
    if (wanted.reason instanceof RegExp) assert.match(Reason, wanted.reason);
    else assert.equal(Reason, wanted.reason);
    assert.equal(lambda.lines.filter((line) => line.type === 'failed').length, wanted.status === 'FAILED' ? 1 : 0);
  });
}

test('without an answer from CloudFormation the function fails, so that Lambda runs it again', async (t) => {
  await startEc2(t, service({}));
  const { url, requests } = await startCloudFormation(t, Number.POSITIVE_INFINITY);
  jumpingClock(t);
  await assert.rejects(load(file, config).handler(eventOf({}, url)), /CloudFormation answers 503/);
  assert.equal(requests.length, 5);
});
