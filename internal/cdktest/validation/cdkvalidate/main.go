// Command cdkvalidate runs CDK's template validation on the cloud assemblies in the directories that are its arguments, and fails on any finding.
// With -lint, it runs cfn-lint on them too, if that is installed.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest/validation"
)

func main() {
	lint := flag.Bool("lint", false, "run cfn-lint too")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "no directory of an assembly")
		os.Exit(2)
	}
	findings := validate(flag.Args(), *lint)
	for _, finding := range findings {
		fmt.Fprintln(os.Stderr, finding)
	}
	fmt.Printf("%d assemblies validated by CDK\n", flag.NArg())
	jsii.Close()
	if len(findings) > 0 {
		os.Exit(1)
	}
}

// validate returns all findings. cfn-lint runs at the same time as CDK.
func validate(dirs []string, lint bool) (findings []string) {
	linted := make(chan []string, 1)
	go func() {
		var found []string
		if lint {
			var err error
			found, err = validation.Lint(dirs...)
			if errors.Is(err, validation.ErrMissing) {
				fmt.Println("NOTICE: nothing checked the templates but CDK:", err)
			} else if err != nil {
				found = append(found, err.Error())
			}
		}
		linted <- found
	}()
	for _, dir := range dirs {
		found, err := validation.Findings(dir)
		if err != nil {
			found = append(found, err.Error())
		}
		for _, finding := range found {
			findings = append(findings, dir+": "+finding)
		}
	}
	return append(findings, <-linted...)
}
