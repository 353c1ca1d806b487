// Command refresh rewrites internal/lock/replacements.txt: which properties of which resource types replace their resource when they change. The
// source is CloudFormation's resource specification, of which the CDK CLI brings a copy: run make setup, then go run ./internal/lock/refresh in the
// root of the repository.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "refresh:", err)
		os.Exit(1)
	}
}

// run rewrites the table of a checkout.
func run(root string) error {
	table, err := Table(root)
	if err != nil {
		return err
	}
	return os.WriteFile(root+"/internal/lock/replacements.txt", table, 0o644) //nolint:gosec // it has no secrets, and is checked in
}
