// Command cdkvalidate runs CDK's template validation on the cloud assemblies in the directories that are its arguments, and fails on any finding.
package main

import (
	"fmt"
	"os"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest/validation"
)

func main() {
	defer jsii.Close()
	code := 0
	for _, dir := range os.Args[1:] {
		findings, err := validation.Findings(dir)
		if err != nil {
			findings = append(findings, err.Error())
		}
		for _, finding := range findings {
			fmt.Fprintf(os.Stderr, "%s: %s\n", dir, finding)
			code = 1
		}
	}
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "no directory of an assembly")
		code = 2
	}
	fmt.Printf("%d assemblies validated by CDK\n", len(os.Args)-1)
	if code != 0 {
		jsii.Close()
		os.Exit(code)
	}
}
