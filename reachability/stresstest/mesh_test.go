package stresstest

import (
	"fmt"
	"maps"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// writeMesh writes a mesh, and returns its input and the question.
func writeMesh(t testing.TB, m *meshtest.Mesh) (reachability.Input, reachability.Question) {
	t.Helper()
	dir := t.TempDir()
	if err := m.Write(dir); err != nil {
		t.Fatal(err)
	}
	facts := reachability.Facts{ZoneIDs: m.ZoneIDs}
	if m.OverLattice {
		facts.LatticePrefixLists = map[string]string{"eu-west-1": meshtest.LatticePrefixList}
		facts.Assume = []string{"share-accepted", "signed-requests"}
	}
	return reachability.Input{Dir: dir, Parameters: m.Parameters}, reachability.Question{Facts: facts}
}

func proveMesh(t testing.TB, m *meshtest.Mesh) *reachability.Report {
	t.Helper()
	input, question := writeMesh(t, m)
	model, err := reachability.Load(input)
	if err != nil {
		t.Fatal(err)
	}
	return model.Prove(question)
}

// meshCall is a client that calls an API.
type meshCall struct{ client, domain string }

// meshCalls are the calls of a verdict, with the hop that decides each.
func meshCalls(report *reachability.Report, verdict reachability.Verdict) map[meshCall]string {
	calls := map[meshCall]string{}
	for _, a := range report.Answers {
		if a.Verdict == verdict {
			calls[meshCall{a.Client, a.Domain}] = a.Decisive().Name
		}
	}
	return calls
}

// transports are the meshes of a size over each transport.
var transports = map[string]func(apis, consumers int) *meshtest.Mesh{"PrivateLink": meshtest.New, "VPC Lattice": meshtest.NewOverLattice}

func TestMeshIsReachable(t *testing.T) {
	for name, mesh := range transports {
		for _, size := range [][2]int{{5, 3}, {50, 10}} {
			report := proveMesh(t, mesh(size[0], size[1]))
			report.RequireReachable(t)
			got := len(meshCalls(report, reachability.Reachable))
			if want := size[0] * size[1]; got != want || len(report.Answers) != want {
				t.Errorf("%d APIs of %d consumers each over %s: %d calls in %d answers", size[0], size[1], name, got, len(report.Answers))
			}
		}
	}
}

// One mistake blocks the calls that depend on it, and no others.
func TestMeshIsBlockedWhereItIsBroken(t *testing.T) {
	everyone := func(api int) []meshCall {
		var calls []meshCall
		for client := range 3 {
			calls = append(calls, meshCall{fmt.Sprintf("Consumer000/Client%d", client), meshtest.Domain(api)})
		}
		return calls
	}
	for name, tc := range map[string]struct {
		stack string
		edit  func(*meshtest.Stack)
		hop   string
		calls []meshCall
	}{
		"a client without egress": {
			"Consumer000", func(s *meshtest.Stack) { delete(s.Resources, "Client1ToApi002") },
			reachability.HopClientEgress,
			[]meshCall{{"Consumer000/Client1", meshtest.Domain(2)}},
		},
		"a client without ingress at the endpoint": {
			"Consumer000", func(s *meshtest.Stack) { delete(s.Resources, "Api003FromClient0") },
			reachability.HopEndpointIngress,
			[]meshCall{{"Consumer000/Client0", meshtest.Domain(3)}},
		},
		"a zone of another VPC": {
			"Consumer000", func(s *meshtest.Stack) {
				s.Resources["Other"] = meshtest.Object{"Type": "AWS::EC2::VPC", "Properties": meshtest.Object{"CidrBlock": "10.1.0.0/16"}}
				s.Properties("Api000Zone")["VPCs"] = meshtest.List{meshtest.Object{"VPCId": meshtest.Object{"Ref": "Other"}, "VPCRegion": "eu-west-1"}}
			},
			reachability.HopHostedZone, everyone(0),
		},
		"an account that is not allowed": {
			"Api004", func(s *meshtest.Stack) {
				s.Properties("Permissions")["AllowedPrincipals"] = meshtest.List{"arn:aws:iam::999999999999:root"}
			},
			reachability.HopAllowedPrincipal, everyone(4),
		},
		"an NLB without egress to the port": {
			"Api001", func(s *meshtest.Stack) {
				s.Properties("NlbToAlb")["FromPort"], s.Properties("NlbToAlb")["ToPort"] = 8443, 8443
			},
			reachability.HopNlbEgress, everyone(1),
		},
		"tasks without ingress from the ALB": {
			"Api002", func(s *meshtest.Stack) { delete(s.Resources, "AppFromAlb") },
			reachability.HopTargetIngress, everyone(2),
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := meshtest.New(5, 3)
			tc.edit(m.Stack(tc.stack))
			report := proveMesh(t, m)
			want := map[meshCall]string{}
			for _, c := range tc.calls {
				want[c] = tc.hop
			}
			if got := meshCalls(report, reachability.Blocked); !maps.Equal(got, want) {
				t.Errorf("blocked are %v\n        want %v", got, want)
			}
			if got, want := len(meshCalls(report, reachability.Reachable)), 15-len(want); got != want {
				t.Errorf("%d calls are reachable, want %d:\n%s", got, want, report)
			}
		})
	}
}
