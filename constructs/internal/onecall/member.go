package onecall

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"unicode"
)

// cdkMember is a member of a class of aws-cdk-lib.
type cdkMember struct {
	class string // aws_ec2.Peer
	name  string // ipv4
}

// member returns what a function of CDK's Go packages stands for: a method of an interface (awsec2.CfnVPCEndpoint.Ref) or a static
// one (awsec2.Peer_Ipv4). Go has the names of JavaScript, with the first letter in upper case.
func member(function any) cdkMember {
	pc := reflect.ValueOf(function).Pointer()
	path, name := cutPath(runtime.FuncForPC(pc).Name())
	pkg, name, _ := strings.Cut(name, ".")
	class, name, isMethod := strings.Cut(name, ".")
	if !isMethod {
		class, name, _ = strings.Cut(class, "_")
	}
	if name == "" {
		panic(fmt.Errorf("%s is no method of CDK", runtime.FuncForPC(pc).Name()))
	}
	return cdkMember{class: cdkName(path+"/"+pkg, class), name: lowerFirst(name)}
}

// className returns the name in aws-cdk-lib of a class of CDK's Go packages.
func className[R any]() string {
	t := reflect.TypeFor[R]()
	return cdkName(t.PkgPath(), t.Name())
}

// cdkName returns the name in aws-cdk-lib of a type of a Go package: aws_ec2.Peer for awsec2.Peer, CfnResource for
// awscdk.CfnResource.
func cdkName(pkg, name string) string {
	_, module := cutPath(pkg)
	if service, ok := strings.CutPrefix(module, "aws"); ok {
		return "aws_" + service + "." + name
	}
	return name
}

// cutPath cuts a path before its last part.
func cutPath(path string) (before, last string) {
	i := strings.LastIndex(path, "/")
	return path[:max(i, 0)], path[i+1:]
}

func lowerFirst(s string) string {
	runes := []rune(s)
	runes[0] = unicode.ToLower(runes[0])
	return string(runes)
}
