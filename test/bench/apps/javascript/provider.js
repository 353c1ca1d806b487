'use strict';

const ec2 = require('aws-cdk-lib/aws-ec2');
const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const targets = require('aws-cdk-lib/aws-elasticloadbalancingv2-targets');
const { Construct } = require('constructs');

const healthPath = '/privateapi-health';

/** An NLB, an ALB behind it, and the endpoint service. */
function newProvider(stack, platform, pair) {
  const scope = new Construct(stack, pair.id);
  const nlb = newNetworkLoadBalancer(scope, platform);
  const { alb, listener } = newApplicationLoadBalancer(scope, platform);
  if (platform.routes) addRoute(alb, listener, pair);
  nlb.addListener('Listener', { port: 443, protocol: elbv2.Protocol.TCP }).addTargets('LoadBalancer', {
    port: 443,
    targets: [new targets.AlbListenerTarget(listener)],
    healthCheck: {
      enabled: true,
      protocol: elbv2.Protocol.HTTPS,
      port: 'traffic-port',
      path: healthPath,
      healthyHttpCodes: '200',
    },
  });
  nlb.connections.allowTo(alb, ec2.Port.tcp(443), 'Requests from NLB to ALB');
  return newEndpointService(scope, platform, nlb);
}

/** An NLB that forwards TCP straight to the target, and the endpoint service. */
function newNlbProvider(stack, platform, pair) {
  const scope = new Construct(stack, pair.id);
  const nlb = newNetworkLoadBalancer(scope, platform);
  const { port } = platform;
  nlb.addListener('Listener', { port, protocol: elbv2.Protocol.TCP }).addTargets('Database', {
    port,
    targets: [new targets.IpTarget(pair.address)],
  });
  // CDK adds no security group rule for an IP address.
  nlb.connections.allowTo(ec2.Peer.ipv4(`${pair.address}/32`), ec2.Port.tcp(port), 'Connections from NLB to targets');
  return newEndpointService(scope, platform, nlb);
}

function newEndpointService(scope, { consumer }, nlb) {
  return new ec2.VpcEndpointService(scope, 'EndpointService', {
    vpcEndpointServiceLoadBalancers: [nlb],
    acceptanceRequired: false,
    allowedPrincipals: [consumer],
  });
}

function newNetworkLoadBalancer(scope, { vpc }) {
  const group = new ec2.SecurityGroup(scope, 'NetworkLoadBalancerSecurityGroup', { vpc, allowAllOutbound: false });
  return new elbv2.NetworkLoadBalancer(scope, 'NetworkLoadBalancer', {
    vpc,
    internetFacing: false,
    securityGroups: [group],
    ipAddressType: elbv2.IpAddressType.IPV4,
    crossZoneEnabled: false,
    deletionProtection: true,
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
  });
}

function newApplicationLoadBalancer(scope, { vpc, certificate }) {
  const securityGroup = new ec2.SecurityGroup(scope, 'LoadBalancerSecurityGroup', { vpc, allowAllOutbound: false });
  const alb = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    internetFacing: false,
    securityGroup,
    ipAddressType: elbv2.IpAddressType.IPV4,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
  });
  const listener = alb.addListener('Listener', {
    port: 443,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [certificate],
    sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS,
    open: false,
    defaultAction: answer(404, 'No route takes this request.'),
  });
  // The NLB's health checks do not send the API's host name.
  listener.addAction('Health', {
    priority: 1,
    conditions: [elbv2.ListenerCondition.pathPatterns([healthPath])],
    action: answer(200, 'healthy'),
  });
  return { alb, listener };
}

function addRoute(alb, listener, pair) {
  listener.addTargets('V1', {
    priority: 10,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/v1/*'])],
    port: 8080,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [new targets.IpTarget(pair.address)],
  });
  // CDK adds no security group rule for an IP address.
  alb.connections.allowTo(ec2.Peer.ipv4(`${pair.address}/32`), ec2.Port.tcp(8080), 'Requests from ALB to targets');
}

function answer(status, messageBody) {
  return elbv2.ListenerAction.fixedResponse(status, { contentType: 'text/plain', messageBody });
}

module.exports = { newProvider, newNlbProvider };
