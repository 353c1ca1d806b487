package reachability_test

import (
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A stack of the same name in another Region opens nothing.
func TestStacksOfOneNameAreTwoStacks(t *testing.T) {
	open := meshtest.New(1, 1)
	task := open.Stack("Api000").Properties("AppFromAlb")
	delete(task, "SourceSecurityGroupId")
	task["CidrIp"] = "10.0.0.0/16"
	elsewhere := t.TempDir()
	if err := open.Write(elsewhere); err != nil {
		t.Fatal(err)
	}

	mesh := meshtest.New(1, 1)
	delete(mesh.Stack("Api000").Resources, "AppFromAlb")
	in, question := writeMesh(t, mesh)
	model, err := reachability.Load(in, reachability.Input{
		Template: filepath.Join(elsewhere, "Api000.template.json"), Name: "Api000",
		Account: mesh.Stack("Api000").Account, Region: "us-east-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	model.Prove(question).RequireBlocked(t, reachability.HopTargetIngress)
}

// Two rules of one host and path, of which one is for a method, are two routes.
func TestRoutesOfOnePathAreBothProven(t *testing.T) {
	mesh := meshtest.New(1, 1)
	stack := mesh.Stack("Api000")
	conditions := stack.Properties("Rule")["Conditions"].(meshtest.List)
	stack.Properties("Rule")["Conditions"] = append(meshtest.List{meshtest.Object{
		"Field": "http-request-method", "HttpRequestMethodConfig": meshtest.Object{"Values": meshtest.List{"GET"}},
	}}, conditions...)
	stack.Resources["Others"] = meshtest.Object{"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": meshtest.Object{
		"ListenerArn": meshtest.Object{"Ref": "Listener"}, "Priority": 20, "Conditions": conditions,
		"Actions": meshtest.List{meshtest.Object{"Type": "forward", "TargetGroupArn": meshtest.Object{"Ref": "WrongTargets"}}},
	}}
	stack.Resources["WrongTargets"] = meshtest.Object{"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": meshtest.Object{
		"TargetType": "ip", "Port": 8080, "Protocol": "TCP", "VpcId": stack.Properties("Targets")["VpcId"],
	}}
	report := proveMesh(t, mesh)
	if len(report.Answers) != 2 || report.Verdict() != reachability.Blocked {
		t.Errorf("want two answers, one of them blocked:\n%s", report)
	}
}

// A certificate of the templates whose name is not known is not known to cover anything.
func TestCertificateOfNoKnownName(t *testing.T) {
	mesh := meshtest.New(1, 1)
	stack := mesh.Stack("Api000")
	stack.Resources["Certificate"] = meshtest.Object{"Type": "AWS::CertificateManager::Certificate", "Properties": meshtest.Object{
		"DomainName": meshtest.Object{"Ref": "AWS::StackId"},
	}}
	stack.Properties("Listener")["Certificates"] = meshtest.List{meshtest.Object{"CertificateArn": meshtest.Object{"Ref": "Certificate"}}}
	for _, answer := range proveMesh(t, mesh).Answers {
		if answer.Verdict != reachability.Unknown || answer.Decisive().Name != reachability.HopCertificate {
			t.Errorf("want the certificate unknown:\n%s", answer)
		}
	}
}

// A rule that asks for the same method as one before it gets no requests.
func TestRoutesOfOneMethod(t *testing.T) {
	mesh := meshtest.New(1, 1)
	stack := mesh.Stack("Api000")
	get := meshtest.Object{"Field": "http-request-method", "HttpRequestMethodConfig": meshtest.Object{"Values": meshtest.List{"GET"}}}
	conditions := append(meshtest.List{get}, stack.Properties("Rule")["Conditions"].(meshtest.List)...)
	stack.Properties("Rule")["Conditions"] = conditions
	stack.Resources["First"] = meshtest.Object{"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": meshtest.Object{
		"ListenerArn": meshtest.Object{"Ref": "Listener"}, "Priority": 1, "Conditions": conditions,
		"Actions": meshtest.List{meshtest.Object{"Type": "fixed-response", "FixedResponseConfig": meshtest.Object{"StatusCode": "503"}}},
	}}
	proveMesh(t, mesh).RequireBlocked(t, reachability.HopAlbRule)
}
