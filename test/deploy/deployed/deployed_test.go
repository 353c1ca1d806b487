package deployed_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

// client is the ECS service that calls the API in a deployment.
const client = "111111111111/eu-west-1/service/apps/checkout"

func TestDeploymentIsReachable(t *testing.T) {
	d := newDeployment()
	report, unread := prove(t, d.provider, d.consumer)
	report.RequireReachable(t)
	report.RequireOnly(t, client)
	if len(report.Answers) != 1 || len(unread) > 0 {
		t.Errorf("want one answer, for the client, and nothing unread, got %v:\n%s", unread, report)
	}
}

func prove(t *testing.T, states ...*deployed.State) (report *reachability.Report, unread []string) {
	t.Helper()
	templates, err := deployed.Write(t.TempDir(), states...)
	if err != nil {
		t.Fatal(err)
	}
	report, err = templates.Prove(reachability.Question{})
	if err != nil {
		t.Fatal(err)
	}
	return report, templates.Unread
}
