package notice_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/notice"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// testdata/notices.yaml has one resource for each notice, and a few that need none; notices.txt has the notices.
func TestList(t *testing.T) {
	asm, err := assembly.Load(assembly.Input{Template: "testdata/notices.yaml", Name: "Net", Account: "111111111111", Region: "eu-west-1"})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, n := range notice.List(network.New(asm)) {
		got.WriteString(line(n) + "\n")
	}
	want, err := os.ReadFile("testdata/notices.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
	}
}

// A template says whether VPC Block Public Access is on: then the hop says what it does.
func TestBlockPublicAccessIsKnown(t *testing.T) {
	text, err := os.ReadFile("testdata/notices.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "net.yaml")
	text = append(text, "  PublicAccess: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: {InternetGatewayBlockMode: block-ingress}}\n"...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	asm, err := assembly.Load(assembly.Input{Template: file, Name: "Net", Account: "111111111111", Region: "eu-west-1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notice.List(network.New(asm)) {
		if n.ID == "block-public-access" {
			t.Errorf("there is still %s", line(n))
		}
	}
}

func TestListOfNothing(t *testing.T) {
	if list := notice.List(network.New(&assembly.Assembly{})); list == nil || len(list) > 0 {
		t.Errorf("notices = %#v, want an empty list", list)
	}
}

// line is a notice on one line.
func line(n proof.Notice) string {
	text := n.ID + ": " + n.Message
	for i, e := range n.Evidence {
		text += []string{", at ", " "}[min(i, 1)] + e.String()
	}
	for _, s := range n.Settle {
		text += ", or " + strings.Replace(fmt.Sprint(s), "assumption", "assume", 1)
	}
	return text
}
