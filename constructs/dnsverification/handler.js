// Starts the verification of a private DNS name, and waits for it. CONFIG, in front of this file, has times in seconds.
const { setTimeout: sleep } = require('node:timers/promises');
const {
  DescribeVpcEndpointServiceConfigurationsCommand: Describe,
  EC2Client,
  StartVpcEndpointServicePrivateDnsVerificationCommand: Start,
} = require('@aws-sdk/client-ec2');

const log = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const seconds = (n) => sleep(n * 1000);

/** Calls EC2, until a new role is known to it. */
async function call(ec2, command, isSettled) {
  for (;;) {
    try {
      return await ec2.send(command);
    } catch (error) {
      if (error.name !== 'UnauthorizedOperation' || isSettled()) throw error;
      await seconds(CONFIG.poll / 3);
    }
  }
}

/** Waits until the name is verified, or throws the reason why it is not. */
async function verify({ ServiceId, PrivateDnsName, TxtName, TxtValue }) {
  const ec2 = new EC2Client({ retryMode: 'standard', requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true } });
  const begin = Date.now();
  const left = (n) => begin + n * 1000 - Date.now();
  const isSettled = () => left(CONFIG.settle) <= 0; // before, EC2 may not know what CloudFormation has just changed
  let started;
  let refused = '';
  for (;;) {
    const found = await call(ec2, new Describe({ ServiceIds: [ServiceId] }), isSettled);
    const service = found.ServiceConfigurations?.[0] ?? {};
    const { State: state, Name = TxtName, Value = TxtValue } = service.PrivateDnsNameConfiguration ?? {};
    log({ type: 'state', service: ServiceId, name: service.PrivateDnsName, state });
    if (service.PrivateDnsName !== PrivateDnsName) {
      if (isSettled())
        throw new Error(`the private DNS name of ${ServiceId} is ${service.PrivateDnsName ?? 'not set'}, not ${PrivateDnsName}`);
    } else if (state === 'verified') {
      return;
    } else if (left(CONFIG.timeout) <= 0) {
      const record = `${Name}.${PrivateDnsName.replace(/^\*\./, '')} with the value "${Value}"`;
      throw new Error(
        `${PrivateDnsName} is ${state} after ${CONFIG.timeout} s: AWS looks for a TXT record ${record}, in public DNS${refused}`,
      );
    } else if (started === undefined || state === 'failed' || Date.now() - started >= CONFIG.restart * 1000) {
      started = Date.now();
      refused = await call(ec2, new Start({ ServiceId }), isSettled).then(
        () => '',
        (error) => `; the last start was refused: ${error.name}: ${error.message}`,
      );
      log({ type: 'start', service: ServiceId, refused });
    }
    await seconds(Math.min(CONFIG.poll, Math.max(left(CONFIG.timeout) / 1000, 0)));
  }
}

/** Answers CloudFormation. The signature of the URL covers no content type, so the body has none: a Buffer, not a string. */
async function answer(event, Status, PhysicalResourceId, Reason) {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = Buffer.from(JSON.stringify({ Status, Reason, PhysicalResourceId, StackId, RequestId, LogicalResourceId }));
  for (let left = 5; ; left--) {
    try {
      const response = await fetch(event.ResponseURL, { method: 'PUT', body, signal: AbortSignal.timeout(10_000) });
      if (response.ok) return;
      throw new Error(`CloudFormation answers ${response.status}`);
    } catch (error) {
      log({ type: 'answer', error: error.message });
      if (left === 1) throw error;
      await seconds(CONFIG.poll / 15);
    }
  }
}

exports.handler = async (event) => {
  const { ServiceId, PrivateDnsName } = event.ResourceProperties;
  const id = event.RequestType === 'Delete' ? event.PhysicalResourceId : `${ServiceId}/${PrivateDnsName}`;
  try {
    if (event.RequestType !== 'Delete') await verify(event.ResourceProperties);
  } catch (error) {
    log({ type: 'failed', service: ServiceId, error: error.message });
    return answer(event, 'FAILED', id, error.message.slice(0, 1000)); // an answer has at most 4,096 bytes
  }
  return answer(event, 'SUCCESS', id);
};
