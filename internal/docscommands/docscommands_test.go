package docscommands_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/docscommands"
)

func TestFind(t *testing.T) {
	const page = "Run `make docs`, or\n`aws ec2\naccept-vpc-endpoint-connections`; not `cdk.out`, `cdk` or `make`d.\n" +
		"```sh\n# make nothing\nexport A=b C=d\nmake deploy-aws   # and aws nothing here\nID=$(aws a b --query \"x[?y=='z|w']\" \\\n  --output text)\n" +
		"for X in $(aws c d); do\n  aws e f --id $X | jq .; done\nout() { aws g h --n \"$(aws i j)\" ; }\nnpx cdk deploy A && cdk destroy B\ncd x; go run ../../cmd/privateapi prove --json\n```\n" +
		"1. In a list:\n\n   ```sh\n   cdk synth\n   ```\n\n" +
		"```console\n$ privateapi compare --a b \\\n  --c | sed -n '/x/p'\nmake no command of this\n```\n" +
		"```\nmake no command of this either\n$ cdk list\n```\n```go\nmake x\n```\n"
	var got []string
	for _, command := range docscommands.Find(page) {
		got = append(got, strings.Join(command.Words, "·"))
		if command.IsWhole != (command.Line > 3) {
			t.Errorf("%v in line %d is whole: %v", command.Words, command.Line, command.IsWhole)
		}
	}
	want := []string{
		"make·docs", "aws·ec2·accept-vpc-endpoint-connections",
		"make·deploy-aws", "aws·a·b·--query·x[?y=='z|w']·--output·text", "aws·c·d", "aws·e·f·--id·$X", "aws·g·h·--n·$()", "aws·i·j", "cdk·deploy·A", "cdk·destroy·B", "privateapi·prove·--json",
		"cdk·synth", "privateapi·compare·--a·b·--c", "cdk·list",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What is wrong with a command is found.
func TestCheck(t *testing.T) {
	aws, cdk := awsOfRecord(t), cdkOfRecord(t)
	for line, want := range map[string]string{
		"aws ec2 describe-vpc-endpoint-connections":                                                           "",
		"aws ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values=x --region y":             "",
		"aws ec2 describe-vpc-endpoint-connections --filters Name=service,Values=x":                           "ec2 describe-vpc-endpoint-connections has no filter service",
		"aws ec2 describe-vpc-endpoint-connections --filters service-id=x":                                    `ec2 describe-vpc-endpoint-connections: "service-id=x" is no filter`,
		"aws ec2 describe-vpc-endpoint-connections --filter Name=service-id,Values=x":                         "ec2 describe-vpc-endpoint-connections has no --filter",
		"aws ec2 describe-vpc-endpoint-connections --query 'VpcEndpointConnections[?Owner==`x`].[length(@)]'": "ec2 describe-vpc-endpoint-connections: its result has no Owner",
		"aws ec2 describe-vpc-endpoint-connections --query VpcEndpointConnections[].VpcEndpointId":            "",
		"aws ec2 reject-vpc-endpoint-connections --service-id x":                                              "ec2 reject-vpc-endpoint-connections needs --vpc-endpoint-ids",
		"aws ec2 reject-connections":   "ec2 reject-connections does not exist, or is not in the record: UPDATE_GOLDEN=1 go test -run Recorded ./internal/docscommands",
		"aws ec2":                      "has no operation",
		"aws s3 rb s3://x --profile y": "",
		"aws s3 rb s3://x --recursive": "s3 rb has no --recursive",
		"cdk deploy A B --require-approval never -c a=b --no-rollback": "",
		"cdk deploy --require-approval=always":                         `cdk deploy --require-approval does not take "always": never, any-change, broadening, destructive`,
		"cdk deploy --method execute":                                  `cdk deploy --method does not take "execute": direct, change-set, prepare-change-set, execute-change-set`,
		"cdk diff --all":                                               "cdk diff has no --all",
		"cdk refactor Pricing --unstable=refactor --dry-run":           "",
		"cdk refactor Pricing --unstable orphan":                       "cdk refactor needs --unstable=refactor",
		"cdk ship":                                                     "cdk ship does not exist, or is not in the record: UPDATE_GOLDEN=1 go test -run Recorded ./internal/docscommands",
		"cdk":                                                          "has no command",
	} {
		words := docscommands.Find("```sh\n" + line + "\n```\n")[0].Words
		problems := cdk.Check(words[1:], true)
		if words[0] == "aws" {
			problems = aws.Check(words[1:], true)
		}
		if got := strings.Join(problems, "; "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", line, got, want)
		}
	}
	if problems := slices.Concat(aws.Check([]string{"ec2", "reject-vpc-endpoint-connections"}, false), cdk.Check([]string{"refactor"}, false)); problems != nil {
		t.Errorf("in a sentence: %v", problems)
	}
	if got := checkMake("docs: ## x\n", []string{"docs", "dogs"}); !slices.Equal(got, []string{"make has no target dogs"}) {
		t.Error(got)
	}
}
