// Accepts and rejects connections by the list in CONFIG, a line that CDK puts in front. It reads no event: one may come twice, late or never.
const assert = require('node:assert/strict');
const ec2 = require('@aws-sdk/client-ec2');

const client = new ec2.EC2Client({ retryMode: 'standard', maxAttempts: 8 });
const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

exports.handler = async () => {
  const listed = readConfig();
  const decisions = await decide(listed); // throws before anything changes
  for (const action of ['leave', 'keep', 'accept', 'reject']) {
    const some = decisions.filter((one) => one.action === action && one.reason);
    if (action === 'accept' && some.length > 0) await change(ec2.AcceptVpcEndpointConnectionsCommand, some, listed);
    if (action === 'reject' && some.length > 0) await change(ec2.RejectVpcEndpointConnectionsCommand, some, listed);
    for (const one of some) write({ type: 'decision', service: CONFIG.serviceId, ...one });
  }
  measure(decisions);
};

function readConfig() {
  const { serviceId, cutRemoved, consumers } = CONFIG;
  assert.match(serviceId, /^vpce-svc-[0-9a-f]+$/);
  assert(cutRemoved === false || (cutRemoved === true && consumers.length > 0), 'an empty list would cut everyone');
  const listed = new Map();
  for (const { label, account, expires } of consumers) {
    const end = expires ? Date.parse(expires.length === 10 ? `${expires}T24:00Z` : expires) : Infinity; // a date counts to its end
    assert(/^\d{12}$/.test(account) && end > 0 && !listed.has(account), `account ${account}, expires ${expires}`);
    listed.set(account, { label, end });
  }
  return listed;
}

/** Decides on all connections, or on those of some endpoints. */
async function decide(listed, ids) {
  const Filters = [{ Name: 'service-id', Values: [CONFIG.serviceId] }];
  if (ids) Filters.push({ Name: 'vpc-endpoint-id', Values: ids });
  const found = [];
  for await (const page of ec2.paginateDescribeVpcEndpointConnections({ client }, { Filters })) found.push(...page.VpcEndpointConnections);
  return found.map(
    ({ VpcEndpointId: id, VpcEndpointOwner: owner, VpcEndpointRegion: region, VpcEndpointState, CreationTimestamp: created }) => {
      const { label, end } = listed.get(owner) ?? {};
      const state = VpcEndpointState[0].toLowerCase() + VpcEndpointState.slice(1);
      return { id, owner, label, region, state, ...actionOn(state, end), created };
    },
  );
}

/** The decision table. What has a reason is logged. */
function actionOn(state, end) {
  if (/^(rejected|deleting|deleted|failed|expired)$/.test(state)) return { action: 'keep' };
  assert.match(state, /^(pendingAcceptance|pending|available)$/);
  const waits = state === 'pendingAcceptance';
  if (end > Date.now()) return waits ? { action: 'accept', reason: 'listed' } : { action: 'keep' };
  const action = waits ? 'leave' : CONFIG.cutRemoved ? 'reject' : 'keep';
  return { action, reason: end ? 'expired' : 'not listed' };
}

/** What EC2 refuses failed only if it is still to be done: another run may have done it. */
async function change(Command, some, listed) {
  const ids = some.map(({ id }) => id);
  const { Unsuccessful } = await client.send(new Command({ ServiceId: CONFIG.serviceId, VpcEndpointIds: ids }));
  if (!Unsuccessful?.length) return;
  const now = await decide(listed, ids);
  for (const { ResourceId, Error: why } of Unsuccessful) {
    const one = some.find(({ id }) => id === ResourceId);
    if (now.some(({ id, action }) => id === one.id && action === one.action)) one.failed = `${why.Code}: ${why.Message}`;
  }
}

/** Writes metrics in CloudWatch's embedded format. */
function measure(decisions) {
  const metrics = { Accepted: 0, Rejected: 0, Waiting: 0, Failed: 0, OldestWaiting: 0 };
  for (const { action, failed, created } of decisions) {
    const name = failed ? 'Failed' : { accept: 'Accepted', reject: 'Rejected', leave: 'Waiting' }[action];
    if (name) metrics[name] += 1;
    if (name === 'Waiting') metrics.OldestWaiting = Math.max(metrics.OldestWaiting, (Date.now() - created) / 1000);
  }
  const Metrics = Object.keys(metrics).map((Name) => ({ Name }));
  const CloudWatchMetrics = [{ Namespace: 'PrivateApi', Dimensions: [['ServiceId']], Metrics }];
  write({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, ServiceId: CONFIG.serviceId, ...metrics });
}
