package usertest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/usertest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

func TestService(t *testing.T) {
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(t.TempDir())})
	stack := usertest.NewStack(app)
	dir := *app.Synth(nil).Directory()
	content, err := os.ReadFile(filepath.Join(dir, *stack.TemplateFile()))
	if err != nil {
		t.Fatal(err)
	}
	template := struct {
		Resources map[string]struct{ Type string }
	}{}
	if err := json.Unmarshal(content, &template); err != nil {
		t.Fatal(err)
	}
	for _, resource := range template.Resources {
		if resource.Type == "AWS::EC2::VPCEndpointService" {
			return
		}
	}
	t.Error("no endpoint service")
}
