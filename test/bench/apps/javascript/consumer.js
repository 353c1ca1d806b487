'use strict';

const ec2 = require('aws-cdk-lib/aws-ec2');
const route53 = require('aws-cdk-lib/aws-route53');
const targets = require('aws-cdk-lib/aws-route53-targets');
const { Construct } = require('constructs');

/** An interface endpoint, and a private hosted zone with an alias to it. */
function newConsumer(stack, vpc, pair, service, port) {
  const scope = new Construct(stack, pair.id);
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, allowAllOutbound: false });
  const endpoint = new ec2.InterfaceVpcEndpoint(scope, 'Endpoint', {
    vpc,
    service: new ec2.InterfaceVpcEndpointService(service.vpcEndpointServiceName, port),
    securityGroups: [group],
    open: false,
    privateDnsEnabled: false,
  });
  const zone = new route53.PrivateHostedZone(scope, 'HostedZone', { zoneName: pair.domain, vpc });
  new route53.ARecord(scope, 'Alias', {
    zone,
    target: route53.RecordTarget.fromAlias(new targets.InterfaceVpcEndpointTarget(endpoint)),
  });
  return endpoint;
}

module.exports = { newConsumer };
