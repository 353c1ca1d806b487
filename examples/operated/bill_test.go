package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// shown is a bill in the README: the flags of the command, and what it prints of the bill by stack.
var shown = regexp.MustCompile("(?ms)^\\$ privateapi (cost .*?) \\| sed -n '/\\^BY STACK/,/\\^\\$/p'\n(.*?)\n```$")

// total is the last line of a bill, with its fixed part.
var total = regexp.MustCompile(`(?m)^  total +([0-9.]+)`)

// What the README says that it costs is what the command prints.
func TestBill(t *testing.T) {
	const file = "README.md"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bills := 0
	got := shown.ReplaceAllStringFunc(string(page), func(block string) string {
		bills++
		command, _, _ := strings.Cut(block, "\n")
		return command + "\n" + bill(t, strings.Fields(shown.FindStringSubmatch(block)[1])) + "\n```"
	})
	totals := total.FindAllStringSubmatch(got, -1)
	if bills != 3 || len(totals) != bills {
		t.Fatalf("the README has %d bills with %d totals, want 3", bills, len(totals))
	}
	if extra := fmt.Sprintf("costs **%.2f** a month", amount(t, totals[1][1])-amount(t, totals[0][1])); !strings.Contains(got, extra) {
		t.Errorf("the README does not say that watching %s", extra)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		err = os.WriteFile(file, []byte(got), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got != string(page) {
		t.Errorf("the bills are now\n%s", got[strings.Index(got, "## What it costs"):])
	}
}

func amount(t *testing.T, text string) float64 {
	t.Helper()
	amount, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return amount
}

// bill runs the command, and returns the bill by stack.
func bill(t *testing.T, flags []string) string {
	t.Helper()
	for i, flag := range flags {
		switch flag {
		case "cdk.out":
			flags[i] = synth(t, "true")
		case "plain.out":
			flags[i] = synth(t, "false")
		}
	}
	command := exec.Command("go", append([]string{"run", "github.com/cdk-private-api/cdk-private-api-go/cmd/privateapi"}, flags...)...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, all, _ := strings.Cut("\n"+string(output), "\nBY STACK\n")
	rows, _, _ := strings.Cut(all, "\n\n")
	return "BY STACK\n" + rows
}
