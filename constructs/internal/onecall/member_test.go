package onecall

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
)

func TestMember(t *testing.T) {
	for name, tc := range map[string]struct {
		function any
		want     cdkMember
	}{
		"a property":               {awsec2.CfnVPCEndpoint.AttrDnsEntries, cdkMember{"aws_ec2.CfnVPCEndpoint", "attrDnsEntries"}},
		"a method":                 {elbv2.ApplicationLoadBalancer.LogAccessLogs, cdkMember{"aws_elasticloadbalancingv2.ApplicationLoadBalancer", "logAccessLogs"}},
		"what sets a property":     {awsec2.CfnVPCEndpointServicePermissions.SetAllowedPrincipals, cdkMember{"aws_ec2.CfnVPCEndpointServicePermissions", "setAllowedPrincipals"}},
		"a static method":          {awsec2.Peer_Ipv4, cdkMember{"aws_ec2.Peer", "ipv4"}},
		"a method of the core":     {awscdk.CfnResource.AddDependency, cdkMember{"CfnResource", "addDependency"}},
		"a property of a base":     {awsroute53.CfnHostedZone.Ref, cdkMember{"aws_route53.CfnHostedZone", "ref"}},
		"a static method's letter": {elbv2.ListenerCondition_PathPatterns, cdkMember{"aws_elasticloadbalancingv2.ListenerCondition", "pathPatterns"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := member(tc.function); got != tc.want {
				t.Errorf("member = %v, want %v", got, tc.want)
			}
		})
	}
}

// Go's names of classes and members lead to those of CDK, as its own manifest has them: for all members of the classes that are
// used, and not only for those that are used.
func TestNamesAreThoseOfCDK(t *testing.T) {
	types := manifest(t)
	for _, class := range []reflect.Type{
		reflect.TypeFor[awscdk.CfnResource](), reflect.TypeFor[awsec2.CfnSecurityGroup](), reflect.TypeFor[awsec2.CfnSecurityGroupEgress](),
		reflect.TypeFor[awsec2.CfnSecurityGroupIngress](), reflect.TypeFor[awsec2.CfnVPCEndpoint](), reflect.TypeFor[awsec2.CfnVPCEndpointService](),
		reflect.TypeFor[awsec2.CfnVPCEndpointServicePermissions](), reflect.TypeFor[awsec2.Connections](), reflect.TypeFor[awsec2.SecurityGroup](),
		reflect.TypeFor[elbv2.ApplicationListener](), reflect.TypeFor[elbv2.ApplicationListenerRule](), reflect.TypeFor[elbv2.ApplicationLoadBalancer](),
		reflect.TypeFor[elbv2.ApplicationTargetGroup](), reflect.TypeFor[elbv2.CfnListener](), reflect.TypeFor[elbv2.CfnListenerRule](),
		reflect.TypeFor[elbv2.CfnLoadBalancer](), reflect.TypeFor[elbv2.CfnTargetGroup](), reflect.TypeFor[awsroute53.CfnHostedZone](),
		reflect.TypeFor[awsec2.IConnectable](), reflect.TypeFor[awsec2.ISecurityGroup](), reflect.TypeFor[awsroute53.IHostedZone](),
	} {
		name := cdkName(class.PkgPath(), class.Name())
		members := types.membersOf("aws-cdk-lib." + name)
		if len(members) == 0 {
			t.Errorf("aws-cdk-lib has no %s", name)
		}
		for i := range class.NumMethod() {
			method := lowerFirst(class.Method(i).Name)
			property, isSetter := strings.CutPrefix(class.Method(i).Name, "Set")
			inherited := []string{"node", "toString", "with"} // of constructs
			if !slices.Contains(members, method) && !slices.Contains(inherited, method) && (!isSetter || !slices.Contains(members, lowerFirst(property))) {
				t.Errorf("%s has no %s", name, method)
			}
		}
	}
}

// cdkTypes are the types in the manifest of aws-cdk-lib.
type cdkTypes map[string]struct {
	Base                string
	Interfaces          []string
	Methods, Properties []struct{ Name string }
}

func (types cdkTypes) membersOf(fqn string) (names []string) {
	t := types[fqn]
	for _, m := range slices.Concat(t.Methods, t.Properties) {
		names = append(names, m.Name)
	}
	for _, parent := range append(t.Interfaces, t.Base) {
		if parent != "" {
			names = append(names, types.membersOf(parent)...)
		}
	}
	return names
}

// manifest reads the manifest from the package that awscdk embeds.
func manifest(t *testing.T) cdkTypes {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-cdk-go/awscdk/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	tarballs, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "jsii", "aws-cdk-lib-*.tgz"))
	if len(tarballs) != 1 {
		t.Fatalf("packages of aws-cdk-lib = %v, want one", tarballs)
	}
	file, err := os.Open(tarballs[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	archive := tar.NewReader(unzip(t, file))
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			t.Fatal("aws-cdk-lib has no manifest")
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Name == "package/.jsii.gz" {
			content := struct{ Types cdkTypes }{}
			if err := json.NewDecoder(unzip(t, archive)).Decode(&content); err != nil {
				t.Fatal(err)
			}
			return content.Types
		}
	}
}

func unzip(t *testing.T, from io.Reader) io.Reader {
	t.Helper()
	reader, err := gzip.NewReader(from)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}
