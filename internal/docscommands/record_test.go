package docscommands_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/docscommands"
)

const (
	awsRecord = "testdata/aws.json"
	cdkRecord = "testdata/cdk.json"
)

//go:embed testdata/record.py
var recordPy string

// TestRecorded rewrites what the pages' commands are checked against: UPDATE_GOLDEN=1 go test -run Recorded, with the CDK CLI on the PATH and
// a Python that has botocore. Without UPDATE_GOLDEN it compares versions alone.
func TestRecorded(t *testing.T) {
	if os.Getenv("UPDATE_GOLDEN") != "" {
		operations, commands := map[string]bool{}, map[string]bool{}
		for _, command := range all(t) {
			switch words := command.Words; {
			case words[0] == "aws" && len(words) > 2:
				operations[words[1]+" "+words[2]] = true
			case words[0] == "cdk" && len(words) > 1:
				commands[words[1]] = true
			}
		}
		write(t, awsRecord, awsOf(t, slices.Sorted(maps.Keys(operations))))
		write(t, cdkRecord, cdkOf(t, slices.Sorted(maps.Keys(commands))))
	}
	lock := readFile(t, "package-lock.json")
	want := regexp.MustCompile(`"node_modules/aws-cdk": \{\s+"version": "([^"]+)"`).FindStringSubmatch(lock)
	if got := cdkOfRecord(t).Version; want == nil || got != want[1] {
		t.Errorf("%s is of the CDK CLI %s, and package-lock.json has %v: make setup, then UPDATE_GOLDEN=1 go test -run Recorded", cdkRecord, got, want)
	}
}

func awsOf(t *testing.T, operations []string) (record docscommands.AWS) {
	t.Helper()
	python := exec.CommandContext(t.Context(), "python3", append([]string{"-c", recordPy}, operations...)...)
	if err := json.Unmarshal(output(t, python), &record); err != nil {
		t.Fatal(err)
	}
	return record
}

func cdkOf(t *testing.T, commands []string) docscommands.CDK {
	t.Helper()
	cli := func(args ...string) string {
		return string(output(t, exec.CommandContext(t.Context(), "cdk", args...)))
	}
	version, _, _ := strings.Cut(cli("--version"), " ")
	record := docscommands.CDK{Version: version, Commands: map[string]map[string]docscommands.Flag{}}
	for _, command := range commands {
		record.Commands[command] = flagsOf(cli(command, "--help"))
	}
	// The CLI says so only when it runs, in its source. README.md of the package has some of them.
	source, err := os.ReadFile("../../node_modules/aws-cdk/lib/index.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`requireUnstableFeature\("([a-z-]+)"\)`).FindAllSubmatch(source, -1) {
		record.Unstable = append(record.Unstable, string(match[1]))
	}
	slices.Sort(record.Unstable)
	return record
}

var (
	helpNames   = regexp.MustCompile(`^  (-[a-z-]+(?:, -[A-Za-z-]+)*)`)
	helpWrapped = regexp.MustCompile(`^  ([a-z-]+)(  |$)`)
	helpKind    = regexp.MustCompile(`\[(boolean|string|array|number|count)\]`)
	helpChoices = regexp.MustCompile(`\[choices: ([^\]]+)\]`)
)

// flagsOf reads the help of a command. A long name is wrapped, as are descriptions.
func flagsOf(help string) map[string]docscommands.Flag {
	flags := map[string]docscommands.Flag{}
	var names []string
	var about strings.Builder
	end := func() {
		text := strings.Join(strings.Fields(about.String()), " ")
		var flag docscommands.Flag
		if kind := helpKind.FindStringSubmatch(text); kind != nil {
			flag.Kind = kind[1]
		}
		if choices := helpChoices.FindStringSubmatch(text); choices != nil {
			flag.Choices = strings.Split(strings.ReplaceAll(choices[1], `"`, ""), ", ")
		}
		for _, name := range names {
			flags[name] = flag
		}
		about.Reset()
	}
	_, help, _ = strings.Cut(help, "\nOptions:\n")
	for line := range strings.SplitSeq(help, "\n") {
		if match := helpNames.FindStringSubmatch(line); match != nil {
			end()
			names, line = strings.Split(match[1], ", "), line[len(match[0]):]
		} else if match := helpWrapped.FindStringSubmatch(line); match != nil && len(names) == 1 {
			names[0], line = names[0]+match[1], line[len(match[0]):]
		}
		about.WriteString(" " + line)
	}
	end()
	return flags
}

func output(t *testing.T, command *exec.Cmd) []byte {
	t.Helper()
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command.Args, err, &stderr)
	}
	return out
}

func write(t *testing.T, file string, record any) {
	t.Helper()
	text, err := json.MarshalIndent(record, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, file string, record any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, record); err != nil {
		t.Fatal(err)
	}
}

func cdkOfRecord(t *testing.T) (record docscommands.CDK) {
	t.Helper()
	load(t, cdkRecord, &record)
	return record
}

func awsOfRecord(t *testing.T) (record docscommands.AWS) {
	t.Helper()
	load(t, awsRecord, &record)
	return record
}
