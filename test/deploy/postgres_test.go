package deploy_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const databaseDomain = "orders.db.internal.company.com"

// database is examples/postgres, deployed by the team of the database and two teams of clients.
type database struct{ *teams }

var theDatabase = sync.OnceValues(func() (*database, error) {
	ctx := context.Background()
	e, err := newTeams(ctx, "postgres", databaseDomain, map[string]string{
		"Orders": scenario.Pricing, "Billing": scenario.Checkout, "Reporting": scenario.Reporting,
	})
	if err != nil {
		return nil, err
	}
	d := &database{e}
	if err := d.deploy(ctx, "Orders", "CertificateArn="+d.certificateArn); err != nil {
		return nil, err
	}
	name, err := output(ctx, d.configs["Orders"], "Orders", "ServiceName")
	if err != nil {
		return nil, err
	}
	return d, cmp.Or(d.deploy(ctx, "Billing", "OrdersServiceName="+name), d.deploy(ctx, "Reporting", "OrdersServiceName="+name))
})

// TestPostgres deploys a database, a client that may use all of its ports, and one that may use one.
func TestPostgres(t *testing.T) {
	needLocal(t)
	d := must(theDatabase())(t)
	t.Run("listeners", d.listeners)
	t.Run("security groups", d.securityGroups)
	t.Run("proof", d.proof)
	t.Run("nothing else can reach the database", d.only)
	t.Run("proof sees drift", d.drift)
}

// listeners checks what the NLB does with a connection to each port.
func (d *database) listeners(t *testing.T) {
	orders := d.stack(t, "Orders")
	nlb := orders.balancer(elbtypes.LoadBalancerTypeEnumNetwork)
	found := must(orders.elb.DescribeListeners(t.Context(), &elb.DescribeListenersInput{LoadBalancerArn: nlb.LoadBalancerArn}))(t)
	type listener struct {
		protocol      elbtypes.ProtocolEnum
		certificates  int
		targetPort    int32
		proxyProtocol bool
		checks        string
	}
	got := map[int32]listener{}
	for _, l := range found.Listeners {
		arn := aws.ToString(one(t, "actions", l.DefaultActions).TargetGroupArn)
		group := orders.targetGroup(arn)
		want(t, "the number of targets of "+arn, len(orders.targets(arn)), len(nlb.AvailabilityZones))
		attributes := must(orders.elb.DescribeTargetGroupAttributes(t.Context(), &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: &arn}))(t)
		of := listener{l.Protocol, len(l.Certificates), aws.ToInt32(group.Port), false, string(group.HealthCheckProtocol) + " " + aws.ToString(group.HealthCheckPort)}
		for _, a := range attributes.Attributes {
			of.proxyProtocol = of.proxyProtocol || aws.ToString(a.Key) == "proxy_protocol_v2.enabled" && aws.ToString(a.Value) == "true"
		}
		got[aws.ToInt32(l.Port)] = of
	}
	for port, of := range map[int32]listener{
		5432: {elbtypes.ProtocolEnumTcp, 0, 5433, true, "TCP traffic-port"},
		443:  {elbtypes.ProtocolEnumTls, 1, 8080, false, "HTTP 8081"},
		8443: {elbtypes.ProtocolEnumTcp, 0, 8443, false, "TCP traffic-port"},
	} {
		want(t, "the listener", got[port], of)
	}
	want(t, "the number of listeners", len(got), 3)
}

// securityGroups checks that each side opens the ports that the other one needs, and no more.
func (d *database) securityGroups(t *testing.T) {
	orders := d.stack(t, "Orders")
	nlb := one(t, "security groups of the NLB", orders.balancer(elbtypes.LoadBalancerTypeEnumNetwork).SecurityGroups)
	found := must(ecs.NewFromConfig(orders.config).DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(one(t, "clusters", orders.physical("AWS::ECS::Cluster"))), Services: orders.physical("AWS::ECS::Service"),
	}))(t)
	tasks := one(t, "security groups of tasks", one(t, "services", found.Services).NetworkConfiguration.AwsvpcConfiguration.SecurityGroups)
	from, to := []rule{nothingOut}, []rule{{true, -1, -1, "0.0.0.0/0 -1"}}
	for _, port := range []int32{5433, 8080, 8081, 8443} {
		from, to = append(from, out(port, tasks)), append(to, in(port, nlb))
	}
	orders.wantRules("NLB", nlb, from...)
	orders.wantRules("tasks", tasks, to...)
	for team, ports := range map[string][]int32{"Billing": {443, 5432, 8443}, "Reporting": {5432}} {
		rules := []rule{nothingOut}
		for _, port := range ports {
			rules = append(rules, in(port, d.client(t, team)))
		}
		d.stack(t, team).wantRules("endpoint of "+team, d.endpointGroup(t, team), rules...)
	}
}

// client returns the security group of the function of a team.
func (d *database) client(t *testing.T, team string) string {
	t.Helper()
	stack := d.stack(t, team)
	function := must(lambda.NewFromConfig(stack.config).GetFunctionConfiguration(t.Context(), &lambda.GetFunctionConfigurationInput{
		FunctionName: aws.String(stack.physicalOf(team)),
	}))(t)
	return one(t, "security groups of the function", function.VpcConfig.SecurityGroupIds)
}

// endpointGroup returns the security group of the endpoint of a team.
func (d *database) endpointGroup(t *testing.T, team string) string {
	t.Helper()
	stack := d.stack(t, team)
	found := must(stack.ec2.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: stack.physical("AWS::EC2::VPCEndpoint")}))(t)
	return aws.ToString(one(t, "security groups of the endpoint", one(t, "endpoints", found.VpcEndpoints).Groups).GroupId)
}

// proofs prove the synthesised templates and the deployed state, where the client of a team has another name.
type proofs struct {
	d                *database
	templates, state func(reachability.Question) *reachability.Report
}

func (d *database) proofs(t *testing.T) proofs {
	t.Helper()
	return proofs{d, d.templates(t, map[string]string{
		"Orders.CertificateArn":       d.certificateArn,
		"Billing.OrdersServiceName":   "@Orders.ServiceName",
		"Reporting.OrdersServiceName": "@Orders.ServiceName",
	}), proveDeployed(t)}
}

func (d *database) nameInState(t *testing.T, team string) string {
	t.Helper()
	return nameInProof(d.accounts[team], "function:"+d.stack(t, team).physicalOf(team))
}

// ask asks both whether the client of a team reaches a port, and returns the answer of the deployed state.
func (p proofs) ask(t *testing.T, team string, port int, assume ...string) reachability.Answer {
	t.Helper()
	q := reachability.Question{Domain: databaseDomain, Port: port, Facts: reachability.Facts{Assume: assume}}
	q.Client = team + "/" + team
	templates := p.templates(q)
	q.Client = p.d.nameInState(t, team)
	state := p.state(q)
	if got, want := outline(state), outline(templates); !slices.Equal(got, want) {
		t.Errorf("the proof of the templates is\n%s\nthe proof of the deployed state is\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	return one(t, "answers", state.Answers)
}

// parsesHeader is the assumption of the example: the gateway parses the header of proxy protocol.
const parsesHeader = "proxy-protocol"

// proof asks about each port of each client, and about one on which nothing listens.
func (d *database) proof(t *testing.T) {
	p := d.proofs(t)
	for _, tc := range []struct {
		team    string
		port    int
		assume  []string
		verdict reachability.Verdict
		hop     string
	}{
		{"Billing", 5432, []string{parsesHeader}, reachability.Reachable, reachability.HopTarget},
		{"Billing", 5432, nil, reachability.Unknown, reachability.HopTarget},
		{"Billing", 443, nil, reachability.Reachable, reachability.HopTarget},
		{"Billing", 8443, nil, reachability.Reachable, reachability.HopTarget},
		{"Billing", 6432, nil, reachability.Blocked, reachability.HopEndpointIngress},
		{"Reporting", 5432, []string{parsesHeader}, reachability.Reachable, reachability.HopTarget},
		{"Reporting", 443, nil, reachability.Blocked, reachability.HopEndpointIngress},
		{"Reporting", 8443, nil, reachability.Blocked, reachability.HopEndpointIngress},
	} {
		if a := p.ask(t, tc.team, tc.port, tc.assume...); a.Verdict != tc.verdict || a.Decisive().Name != tc.hop {
			t.Errorf("%s on port %d: want %s at %q:\n%s", tc.team, tc.port, tc.verdict, tc.hop, a)
		}
	}
}

// only checks that the two clients are all that can reach the database.
func (d *database) only(t *testing.T) {
	p := d.proofs(t)
	p.templates(reachability.Question{}).RequireOnly(t, "Billing/Billing", "Reporting/Reporting")
	service := one(t, "services", d.stack(t, "Orders").physical("AWS::EC2::VPCEndpointService"))
	wantOnly(t, p.state(reachability.Question{}), nameInProof(scenario.Pricing, service), d.nameInState(t, "Billing"), d.nameInState(t, "Reporting"))
}

// drift opens another port to the client of Reporting without CloudFormation.
func (d *database) drift(t *testing.T) {
	reporting, group := d.stack(t, "Reporting"), d.endpointGroup(t, "Reporting")
	permissions := []ec2types.IpPermission{{
		IpProtocol: aws.String("tcp"), FromPort: aws.Int32(443), ToPort: aws.Int32(443),
		UserIdGroupPairs: []ec2types.UserIdGroupPair{{GroupId: aws.String(d.client(t, "Reporting"))}},
	}}
	ask := func() reachability.Verdict {
		q := reachability.Question{Client: d.nameInState(t, "Reporting"), Domain: databaseDomain, Port: 443}
		return one(t, "answers", proveDeployed(t)(q).Answers).Verdict
	}
	must(reporting.ec2.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &group, IpPermissions: permissions}))(t)
	want(t, "the verdict of port 443", ask(), reachability.Reachable)
	must(reporting.ec2.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: &group, IpPermissions: permissions}))(t)
	want(t, "the verdict afterwards", ask(), reachability.Blocked)
}
