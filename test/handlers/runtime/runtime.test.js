'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { DescribeVpcEndpointConnectionsCommand, EC2Client } = require('@aws-sdk/client-ec2');
const { Refusal, startEc2, listOf } = require('./ec2');

const describe = (ids) => new DescribeVpcEndpointConnectionsCommand({ Filters: [{ Name: 'vpc-endpoint-id', Values: ids }] });

test('the SDK reads what the API answers, and the API what the SDK sends', async (t) => {
  const requests = await startEc2(t, {
    DescribeVpcEndpointConnections: () => ({
      vpcEndpointConnectionSet: [{ vpcEndpointId: 'vpce-1', vpcEndpointState: 'a < b & c' }],
      nextToken: 'more',
    }),
  });
  const answer = await new EC2Client().send(describe(['vpce-1', 'vpce-2']));
  assert.deepEqual(answer.VpcEndpointConnections, [{ VpcEndpointId: 'vpce-1', VpcEndpointState: 'a < b & c' }]);
  assert.equal(answer.NextToken, 'more');
  assert.deepEqual(listOf(requests[0], 'Filter.1.Value'), ['vpce-1', 'vpce-2']);
});

test('a refusal arrives with its code and message', async (t) => {
  await startEc2(t, { DescribeVpcEndpointConnections: () => new Refusal('UnauthorizedOperation', 'You are not authorized') });
  await assert.rejects(new EC2Client().send(describe([])), { name: 'UnauthorizedOperation', message: 'You are not authorized' });
});

test('an action without an answer is refused', async (t) => {
  await startEc2(t, {});
  await assert.rejects(new EC2Client().send(describe([])), { name: 'InvalidAction' });
});
