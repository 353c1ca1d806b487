'use strict';

const { load } = require('../runtime/load');
const { Refusal, startEc2, listOf } = require('../runtime/ec2');

const serviceId = 'vpce-svc-0123456789abcdef0';
const listed = '111111111111';
const stranger = '333333333333';

/** A connection as EC2 has it. */
const connection = (id, owner, state, more = {}) => ({
  vpcEndpointId: id,
  vpcEndpointOwner: owner,
  vpcEndpointState: state,
  vpcEndpointRegion: 'eu-west-1',
  creationTimestamp: '2026-01-01T00:00:00.000Z',
  ...more,
});

const refused = (id) => ({ resourceId: id, error: { code: 'InvalidVpcEndpointState', message: `${id} is busy` } });

/**
 * An endpoint service with connections, which it accepts and rejects as EC2 does. Hooks see each request before it is answered: what they return is the answer.
 * It answers two connections a page.
 */
async function startService(t, connections, hooks = {}) {
  const move = (from, to) => (parameters) => {
    const unsuccessful = [];
    for (const id of listOf(parameters, 'VpcEndpointId')) {
      const found = connections.find(({ vpcEndpointId }) => vpcEndpointId === id);
      if (from.includes(found?.vpcEndpointState)) found.vpcEndpointState = to;
      else unsuccessful.push(refused(id));
    }
    return { unsuccessful };
  };
  const describe = (parameters) => {
    if (parameters['Filter.1.Name'] !== 'service-id' || parameters['Filter.1.Value.1'] !== serviceId) return new Refusal('InvalidFilter');
    const ids = listOf(parameters, 'Filter.2.Value');
    const start = Number(parameters.NextToken ?? 0);
    const found = connections.filter(({ vpcEndpointId }) => ids.length === 0 || ids.includes(vpcEndpointId));
    return { vpcEndpointConnectionSet: found.slice(start, start + 2), nextToken: start + 2 < found.length ? String(start + 2) : undefined };
  };
  const answers = {
    DescribeVpcEndpointConnections: describe,
    AcceptVpcEndpointConnections: move(['pendingAcceptance'], 'available'),
    RejectVpcEndpointConnections: move(['pendingAcceptance', 'pending', 'available'], 'rejected'),
  };
  const hooked = Object.fromEntries(
    Object.entries(answers).map(([action, answer]) => [action, (parameters) => hooks[action]?.(parameters) ?? answer(parameters)]),
  );
  return startEc2(t, hooked);
}

const config = (more = {}) => ({ serviceId, cutRemoved: false, consumers: [{ label: 'checkout', account: listed }], ...more });

const loadHandler = (value = config()) => load('constructs/acceptance/handler.js', value);

/** The requests that change something. */
const changes = (requests) =>
  requests
    .filter(({ Action }) => !Action.startsWith('Describe'))
    .map((request) => `${request.Action.slice(0, 6)} ${listOf(request, 'VpcEndpointId').join(' ')}`);

module.exports = { Refusal, changes, config, connection, listed, loadHandler, refused, serviceId, startService, stranger };
