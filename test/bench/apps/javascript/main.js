// The benchmark's app in plain JavaScript: the same as apps/handwritten in Go, with the same L2 constructs.
'use strict';

const start = performance.now();
const fs = require('node:fs');
const path = require('node:path');
const cdk = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const iam = require('aws-cdk-lib/aws-iam');
const { newProvider, newNlbProvider } = require('./provider');
const { newConsumer } = require('./consumer');

function build(input, app) {
  const env = { account: input.account, region: input.region };
  const newStack = (name) => new cdk.Stack(app, name, { env });
  let providerVpc = importVpc;
  let consumerVpc = importVpc;
  if (!input.importVpcs) {
    const vpcs = [newVpc(input, newStack('ProviderNetwork'), '10.0.0.0/16'), newVpc(input, newStack('ConsumerNetwork'), '10.1.0.0/16')];
    [providerVpc, consumerVpc] = vpcs.map((vpc) => () => vpc);
  }
  const services = new Map();
  for (const { name, pairs } of input.providers) {
    const stack = newStack(name);
    const platform = {
      vpc: providerVpc(input, stack),
      certificate: elbv2.ListenerCertificate.fromArn(input.certificateArn),
      consumer: new iam.ArnPrincipal(input.principal),
      routes: input.routes,
      port: input.port,
    };
    const provider = input.nlb ? newNlbProvider : newProvider;
    for (const pair of pairs) services.set(pair.id, provider(stack, platform, pair));
  }
  for (const { name, pairs } of input.consumers) {
    const stack = newStack(name);
    const vpc = consumerVpc(input, stack);
    for (const pair of pairs) {
      const endpoint = newConsumer(stack, vpc, pair, services.get(pair.id), input.port);
      if (input.clients) {
        const client = new ec2.SecurityGroup(stack, `${pair.id}Client`, { vpc, allowAllOutbound: false });
        endpoint.connections.allowDefaultPortFrom(client, 'Client to private API');
      }
    }
  }
}

/** A VPC of private subnets, which all pairs share. */
function newVpc(input, stack, cidr) {
  return new ec2.Vpc(stack, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(cidr),
    availabilityZones: input.zones,
    natGateways: 0,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
}

/** A VPC of private subnets, imported into a stack. */
function importVpc(input, stack) {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: input.zones,
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    isolatedSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });
}

/** Builds and synthesises one app, and returns the milliseconds it took. */
function run(input, dir, begin) {
  const app = new cdk.App({ outdir: dir, analyticsReporting: false });
  const started = performance.now();
  build(input, app);
  const built = performance.now();
  app.synth();
  const synthesised = performance.now();
  for (const file of fs.readdirSync(dir)) {
    if (file.endsWith('.template.json')) JSON.parse(fs.readFileSync(path.join(dir, file), 'utf8'));
  }
  return { start: started - begin, build: built - started, synth: synthesised - built, read: performance.now() - synthesised };
}

const [file, dir] = process.argv.slice(2);
const input = JSON.parse(fs.readFileSync(file, 'utf8'));
const times = [];
for (let n = 0; n < input.repeat; n++) {
  times.push(run(input, n ? `${dir}-${n}` : dir, n ? performance.now() : start));
}
console.log(JSON.stringify(times));
