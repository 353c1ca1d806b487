package reachability_test

import (
	"fmt"
	"strings"
	"testing"
)

// refusal keeps what an assertion fails with.
type refusal struct{ text string }

func (*refusal) Helper() {}

func (f *refusal) Fatalf(format string, args ...any) { f.text = fmt.Sprintf(format, args...) }

func (c call) requireOnly(t *testing.T, clients ...string) string {
	t.Helper()
	var f refusal
	c.prove(t).RequireOnly(&f, clients...)
	return f.text
}

const onlyClient = "Consumer000/Client0"

// Each opens a way to the API, or hides whether one is open: that nobody but the client has one is not proven.
func TestOnlyNoticesEveryWayIn(t *testing.T) {
	open := func(port int) object { return tcpRule(port, from("0.0.0.0/0")) }
	for name, tc := range map[string]struct {
		edit func(call)
		says string
	}{
		"a rule of a group that is not known": {func(c call) {
			resource(c.api, "Stray", "AWS::EC2::SecurityGroupIngress", ruleOf(parameter(c.api, "Group"), open(8080)))
		}, "if it is a rule of"},
		"another listener of the ALB that leads to the same targets": {func(c call) {
			resource(c.api, "Other", elbType("Listener"), object{"LoadBalancerArn": refTo("Alb"), "Port": 8443, "Protocol": "HTTP", "DefaultActions": forward("Targets")})
			resource(c.api, "Open", "AWS::EC2::SecurityGroupIngress", ruleOf(groupOf("AlbGroup"), open(8443)))
		}, "ALB ingress allows 0.0.0.0/0"},
		"an instance with the security group of the ALB": {func(c call) {
			resource(c.api, "Bastion", "AWS::EC2::Instance", object{"SubnetId": c.shared("Subneta"), "SecurityGroupIds": array{groupOf("AlbGroup")}})
		}, "which Api000/Bastion has too"},
		"a build with the security group of the NLB": {func(c call) {
			resource(c.api, "Build", "AWS::CodeBuild::Project", object{"VpcConfig": object{"SecurityGroupIds": array{groupOf("NlbGroup")}}})
		}, "which Api000/Build has too"},
		"another ALB with the same group, before the same tasks": {func(c call) {
			c.secondALB()
			loadBalancers := c.api.Properties("App")["LoadBalancers"].(array)
			c.api.Properties("App")["LoadBalancers"] = append(loadBalancers, object{"ContainerName": "app", "ContainerPort": 8080, "TargetGroupArn": refTo("Targets2")})
		}, "which Api000/Alb2 has too"},
		"a build with the security group of the client": {func(c call) {
			resource(c.consumer, "Build", "AWS::CodeBuild::Project", object{"VpcConfig": object{"SecurityGroupIds": array{groupOf("Client0Group")}}})
		}, "Client0Group"},
		"an ALB that is not in the templates": {func(c call) {
			c.api.Properties("AlbTargets")["Targets"] = array{object{"Id": "arn:aws:elasticloadbalancing:eu-west-1:200000000000:loadbalancer/app/x/1"}}
		}, "which is not in the templates"},
		"an NLB that is not in the templates": {func(c call) {
			c.api.Properties("Service")["NetworkLoadBalancerArns"] = array{"arn:aws:elasticloadbalancing:eu-west-1:200000000000:loadbalancer/net/x/1"}
		}, "which is not in the templates"},
		"a target group that is not in the templates": {func(c call) {
			c.api.Properties("Rule")["Actions"] = array{object{"Type": "forward", "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:200000000000:targetgroup/x/1"}}
		}, "which is not in the templates"},
		"a target that is an address": {func(c call) {
			delete(c.api.Properties("App"), "LoadBalancers")
			c.api.Properties("Targets")["Targets"] = array{object{"Id": "10.0.0.9"}}
		}, "which are unknown"},
		"nothing registered": {func(c call) { delete(c.api.Properties("App"), "LoadBalancers") }, "which are not in the templates"},
		"tasks behind the network interfaces of instances": {func(c call) {
			delete(c.api.Properties("App"), "NetworkConfiguration")
			c.api.Properties("Targets")["TargetType"], c.api.Properties("AppTask")["NetworkMode"] = "instance", "bridge"
		}, "which are unknown"},
		"a port of the NLB that is not known": {func(c call) {
			c.api.Properties("NlbListener")["Port"] = parameter(c.api, "Port")
			resource(c.consumer, "Open", "AWS::EC2::SecurityGroupIngress", ruleOf(groupOf("Api000Group"), open(443)))
		}, "endpoint ingress allows 0.0.0.0/0"},
		"a port of the ALB that is not known": {func(c call) {
			c.api.Properties("Listener")["Port"] = parameter(c.api, "Port")
			resource(c.api, "Open", "AWS::EC2::SecurityGroupIngress", ruleOf(groupOf("AppGroup"), open(8080)))
		}, "target ingress allows 0.0.0.0/0"},
		"permissions of a service that is not known": {func(c call) {
			resource(c.api, "Others", "AWS::EC2::VPCEndpointServicePermissions", object{"ServiceId": parameter(c.api, "Id"), "AllowedPrincipals": array{"*"}})
		}, "if it belongs to this service"},
		"an endpoint to a service that is not known": {func(c call) {
			other := merged(object{}, c.consumer.Properties("Api000"))
			resource(c.consumer, "Other", "AWS::EC2::VPCEndpoint", merged(other, object{"ServiceName": parameter(c.consumer, "Name")}))
		}, "if it connects to this service"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCall()
			tc.edit(c)
			if got := c.requireOnly(t, onlyClient); !strings.Contains(got, tc.says) {
				t.Errorf("want %q among the ways in, got: %s", tc.says, got)
			}
		})
	}
}

func (c call) secondALB() {
	resource(c.api, "Alb2", elbType("LoadBalancer"), object{
		"Type": "application", "Scheme": "internet-facing", "Subnets": c.subnets(), "SecurityGroups": array{groupOf("AlbGroup")},
	})
	resource(c.api, "Targets2", elbType("TargetGroup"), object{"TargetType": "ip", "Protocol": "HTTP", "Port": 8080, "VpcId": c.shared("Vpc")})
	resource(c.api, "Listener2", elbType("Listener"), object{"LoadBalancerArn": refTo("Alb2"), "Port": 80, "Protocol": "HTTP", "DefaultActions": forward("Targets2")})
}

// What opens no way to the API is no reason to fail.
func TestOnlyTheClientIsLetIn(t *testing.T) {
	for name, edit := range map[string]func(call){
		"nothing else": func(call) {},
		"a listener of the ALB that redirects": func(c call) {
			resource(c.api, "Redirect", elbType("Listener"), object{"LoadBalancerArn": refTo("Alb"), "Port": 80, "Protocol": "HTTP", "DefaultActions": array{
				object{"Type": "redirect", "RedirectConfig": object{"StatusCode": "HTTP_301", "Protocol": "HTTPS"}},
			}})
			resource(c.api, "Open", "AWS::EC2::SecurityGroupIngress", ruleOf(groupOf("AlbGroup"), tcpRule(80, from("0.0.0.0/0"))))
		},
		"another ALB with the same group, before other tasks": func(c call) { c.secondALB() },
		"an endpoint to a service of somebody else": func(c call) {
			other := merged(object{}, c.consumer.Properties("Api000"))
			resource(c.consumer, "Other", "AWS::EC2::VPCEndpoint", merged(other, object{"ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}))
		},
		"a function behind the ALB": func(c call) {
			delete(c.api.Properties("App"), "LoadBalancers")
			c.functionBehind(attOf("Function", "Arn"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCall()
			edit(c)
			if got := c.requireOnly(t, onlyClient); got != "" {
				t.Error(got)
			}
		})
	}
}

// Who shares a group with a client can stay, if he is named.
func TestOnlyWhoIsNamed(t *testing.T) {
	c := newCall()
	resource(c.consumer, "Build", "AWS::CodeBuild::Project", object{"VpcConfig": object{"SecurityGroupIds": array{groupOf("Client0Group")}}})
	if got := c.requireOnly(t, onlyClient, "Consumer000/Build"); got != "" {
		t.Error(got)
	}
}

// functionBehind lets the ALB invoke a function instead of the tasks.
func (c call) functionBehind(id any) {
	resource(c.api, "Function", "AWS::Lambda::Function", object{"Role": "arn:aws:iam::200000000000:role/function", "Code": object{"ZipFile": "x"}})
	resource(c.api, "Invoke", "AWS::Lambda::Permission", object{
		"FunctionName": attOf("Function", "Arn"), "Action": "lambda:InvokeFunction", "Principal": "elasticloadbalancing.amazonaws.com",
	})
	resource(c.api, "Targets", elbType("TargetGroup"), object{"TargetType": "lambda", "Targets": array{object{"Id": id}}})
}
