package reachability_test

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

var nlbTargetMutations = byHop{
	reachability.HopNlbTargetGroup: {
		{
			name: "the port one above",
			edit: pricing(put(nlbTargets, "Port", 444), remove(nlbTargets, "Targets.0.Port")),
			says: "444",
			rule: rules.OnePort.ID,
		},
		{
			name: "the target is registered on the port one above",
			edit: pricing(put(nlbTargets, "Targets.0.Port", 444)),
			says: "444",
			rule: rules.OnePort.ID,
		},
		{
			name: "the ALB listens on the port one above",
			edit: pricing(put(albListener, "Port", 444)),
			says: "444",
			rule: rules.OnePort.ID,
		},
		{
			name: "TLS",
			edit: pricing(put(nlbTargets, "Protocol", "TLS")),
			says: "TLS",
			rule: rules.NetworkListenerTCP.ID,
		},
		{
			name: "for IP addresses",
			edit: pricing(put(nlbTargets, "TargetType", "ip")),
			says: "ip",
		},
		{
			name: "for instances, as is the default",
			edit: pricing(remove(nlbTargets, "TargetType")),
			says: "instance",
		},
		{
			name: "no target",
			edit: pricing(remove(nlbTargets, "Targets")),
			says: "target",
			// Somebody may register the ALB by hand.
			unknown: true,
		},
		{
			name: "another ALB, which does not listen",
			edit: pricing(otherBalancer("application"), put(nlbTargets, "Targets.0.Id", ref("OtherBalancer"))),
			says: "OtherBalancer",
			rule: rules.OnePort.ID,
		},
		{
			name: "of another VPC",
			edit: pricing(otherVpc, put(nlbTargets, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
			rule: rules.LoadBalancerVpc.ID,
		},
	},
	reachability.HopNlbHealthCheck: {
		{
			name: "TCP",
			edit: pricing(put(nlbTargets, "HealthCheckProtocol", "TCP")),
			says: "TCP",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "HTTP to a listener of HTTPS",
			edit: pricing(put(nlbTargets, "HealthCheckProtocol", "HTTP")),
			says: "HTTPS",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "HTTPS to a listener of HTTP",
			edit: pricing(put(albListener, "Protocol", "HTTP"), remove(albListener, "Certificates"), remove(albListener, "SslPolicy")),
			says: "HTTP",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "a path that no rule takes",
			edit: pricing(put(nlbTargets, "HealthCheckPath", "/healthy")),
			says: "404",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "no path, so the default action answers",
			edit: pricing(remove(nlbTargets, "HealthCheckPath")),
			says: "404",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "no rule for the path",
			edit: pricing(drop(healthRule)),
			says: "404",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "a matcher that leaves the answer out",
			edit: pricing(put(nlbTargets, "Matcher.HttpCode", "201-299,404")),
			says: "200",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "a rule that answers 503",
			edit: pricing(put(healthRule, "Actions.0.FixedResponseConfig.StatusCode", "503")),
			says: "503",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "a rule that takes one host",
			edit: pricing(put(healthRule, "Conditions", array{
				object{"Field": "path-pattern", "PathPatternConfig": object{"Values": array{"/privateapi-health"}}}, hosts(domain),
			})),
			says: "404",
			rule: rules.HealthCheck.ID,
		},
		{
			name: "a rule before it answers 403",
			edit: pricing(put(healthRule, "Priority", 7), fixed("First", 3, "403", paths("/*health"))),
			says: "403",
			rule: rules.HealthCheck.ID,
		},
		{
			name:    "the listener asks for client certificates, and health checks have none",
			edit:    pricing(put(albListener, "MutualAuthentication", object{"Mode": "verify", "TrustStoreArn": "arn:aws:elasticloadbalancing:eu-west-1:222222222222:truststore/t/1"})),
			says:    "certificates",
			unknown: true,
		},
		{
			name: "the port one above",
			edit: pricing(put(nlbTargets, "HealthCheckPort", "444")),
			says: "444",
		},
	},
}

// hosts, paths and sources are conditions of a listener rule.
func hosts(values ...any) object {
	return object{"Field": "host-header", "HostHeaderConfig": object{"Values": values}}
}

func paths(values ...any) object {
	return object{"Field": "path-pattern", "PathPatternConfig": object{"Values": values}}
}

func sources(values ...any) object {
	return object{"Field": "source-ip", "SourceIpConfig": object{"Values": values}}
}

// fixed is a rule of the ALB's listener that answers by itself.
func fixed(id string, priority int, code string, conditions ...any) change {
	return add(id, "AWS::ElasticLoadBalancingV2::ListenerRule", object{
		"ListenerArn": ref(albListener), "Priority": priority, "Conditions": conditions,
		"Actions": array{object{"Type": "fixed-response", "FixedResponseConfig": object{"StatusCode": code}}},
	})
}
