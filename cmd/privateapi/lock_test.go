package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
)

// lockedApp writes the cloud assembly of the provider of the example into cdk.out, here, and its lock beside it. It returns a function that writes
// the assembly of another template.
func lockedApp(t *testing.T) (synth func(edit func(template string) string)) {
	t.Helper()
	content, err := os.ReadFile(aTemplate)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	synth = func(edit func(string) string) {
		t.Helper()
		template := edit(string(content))
		from := writeAssembly(t, map[string]string{"Pricing": template})
		if err := os.RemoveAll("cdk.out"); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS("cdk.out", os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	synth(func(template string) string { return template })
	if got := runCommand("lock"); got != (result{exitReachable, "privateapi.lock.json: 12 resources in 1 stack\n", ""}) {
		t.Fatalf("%+v", got)
	}
	return synth
}

// replaceIn returns an edit of a template.
func replaceIn(t *testing.T, pairs ...string) func(string) string {
	return func(template string) string {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(template, pairs[i]) {
				t.Fatalf("the template has no %s", pairs[i])
			}
		}
		return strings.NewReplacer(pairs...).Replace(template)
	}
}

func TestGoldenLock(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	synth := lockedApp(t)
	const held = "held: 12 resources locked in 1 stack; 0 broken, 0 unknown, 0 not locked\n"
	if got := runCommand("lock", "--check"); got != (result{exitReachable, held, ""}) {
		t.Errorf("%+v", got)
	}
	written, err := os.ReadFile(defaultLock)
	if err != nil {
		t.Fatal(err)
	}
	if got := runCommand("lock", "cdk.out", "--file", "again.json"); got.code != exitReachable {
		t.Errorf("%+v", got)
	}
	if again, err := os.ReadFile("again.json"); err != nil || string(again) != string(written) {
		t.Errorf("%v, the second lock differs", err)
	}

	// An internet-facing NLB, an ALB of another logical ID, and a VPC that a parameter decides.
	nlb := `"Scheme": %s,
        "SecurityGroups": [
          {
            "Ref": "PrivateApiNetworkLoadBalancerSecurityGroupB2D9D455"`
	block := []string{"{\n  \"", `{"Parameters": {"Block": {"Type": "String"}}, "`, `"CidrBlock": "10.0.0.0/16"`, `"CidrBlock": {"Ref": "Block"}`}
	synth(replaceIn(t, append([]string{
		fmt.Sprintf(nlb, `"internal"`), fmt.Sprintf(nlb, `"internet-facing"`), "PrivateApiLoadBalancer16A860DD", "PrivateApiBalancer00000000",
	}, block...)...))
	printed := map[string]string{}
	for format, name := range map[string]string{"": "lock.txt", "json": "lock.json", "sarif": "lock.sarif"} {
		args := []string{"lock", "--check"}
		if format != "" {
			args = append(args, "--format", format)
		}
		got := runCommand(args...)
		if got.code != exitBlocked || got.stderr != "" {
			t.Errorf("%v: exit code %d, %s", args, got.code, got.stderr)
		}
		printed[name] = got.stdout
	}
	synth(replaceIn(t, block...))
	if got := runCommand("lock", "--check"); got.code != exitUnknown || !strings.HasPrefix(got.stdout, "UNKNOWN") {
		t.Errorf("%+v", got)
	}
	if now, err := os.ReadFile(defaultLock); err != nil || string(now) != string(written) {
		t.Errorf("%v, a check writes", err)
	}
	t.Chdir(here)
	for name, text := range printed {
		golden(t, name, text)
	}
}

func TestLockBadInput(t *testing.T) {
	lockedApp(t)
	if err := os.WriteFile("broken.json", []byte(`{"version": 2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := writeAssembly(t, map[string]string{"Empty": `{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}`})
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"an unknown flag":             {[]string{"--force"}, "flag provided but not defined: -force; privateapi lock -h lists the flags"},
		"two assemblies":              {[]string{"cdk.out", "other"}, `unexpected argument "other"`},
		"an unknown format":           {[]string{"--check", "--format", "yaml"}, "want text, json or sarif"},
		"a format of what is written": {[]string{"--format", "json"}, "--format is for --check"},
		"an assembly that is missing": {[]string{"nowhere"}, "nowhere: not a cloud assembly"},
		"a lock that is missing":      {[]string{"--check", "--file", "none.json"}, "no none.json here: privateapi lock writes it"},
		"a lock of another version":   {[]string{"--check", "--file", "broken.json"}, "broken.json: lock: 1 problem"},
		"nothing to hold":             {[]string{empty}, "the assembly has nothing that consumers hold in place"},
		"a lock that is a directory":  {[]string{"--check", "--file", "cdk.out"}, "cdk.out: not a regular file"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runCommand(append([]string{"lock"}, tc.args...)...)
			if got.code != exitBadInput || got.stdout != "" || !strings.Contains(got.stderr, tc.want) || !strings.HasPrefix(got.stderr, "privateapi: lock: ") {
				t.Errorf("%+v, want %s", got, tc.want)
			}
		})
	}
	t.Run("no assembly", func(t *testing.T) {
		t.Chdir(t.TempDir())
		if got := runCommand("lock"); got.code != exitBadInput || got.stderr != "privateapi: lock: no cdk.out here: run cdk synth, or name the cloud assembly\n" {
			t.Errorf("%+v", got)
		}
	})
}

// A lock of a placeholder would differ from that of the next synthesis.
func TestLockPending(t *testing.T) {
	dir := writeAssembly(t, map[string]string{"Consumer": `{"Resources": {"Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {
		"VpcId": "vpc-12345", "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}}}}`})
	manifest := filepath.Join(dir, "manifest.json")
	content, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	missing := strings.Replace(string(content), "{", `{"missing": [{"key": "vpc", "provider": "vpc-provider", "props": {}}], `, 1)
	if err := os.WriteFile(manifest, []byte(missing), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runCommand("lock", dir, "--file", filepath.Join(t.TempDir(), "lock.json"))
	if got.code != exitBadInput || !strings.Contains(got.stderr, "Endpoint.VpcId: the VPC is not looked up yet [privateapi:lockPending]") {
		t.Errorf("%+v", got)
	}
}

// A notice for each of many consumers would hide what is found.
func TestLockNotices(t *testing.T) {
	r := &lock.Report{}
	for i := range fewNotices + 2 {
		r.Notes = append(r.Notes, fmt.Sprintf("note %d", i))
	}
	var text strings.Builder
	if err := writeLockText(&text, r, false); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); strings.Count(got, "NOTICE") != fewNotices || !strings.Contains(got, "\n\nand 2 more notices; --format json has all\n\nheld: ") {
		t.Error(got)
	}
}

func TestLockHelp(t *testing.T) {
	for _, args := range [][]string{{"lock", "-h"}, {"help", "lock"}, {"lock", "cdk.out", "--help"}} {
		if got := runCommand(args...); got != (result{0, lockUsage, ""}) {
			t.Errorf("%v: %+v", args, got)
		}
	}
}
