package cdktest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

// counting is the environment variable of the process whose calls are counted.
const counting = "CDKTEST_COUNTING"

// mark is the prefix of the text that marks in the output where a step begins and ends.
const mark = "cdktest calls of "

// Calls returns the jsii round trips of each step that build counts, in order, such as "create
// aws-cdk-lib.aws_ec2.SecurityGroup". It runs the test again in another process, because a jsii kernel prints its calls only
// if JSII_DEBUG is set when it starts; in the process of the test itself, build does not run.
func Calls(t *testing.T, build func(count func(step string, f func()))) map[string][]string {
	t.Helper()
	if os.Getenv(counting) == "" {
		return stepsOf(t, recount(t))
	}
	Check(t, func() {
		build(func(step string, f func()) {
			note(step)
			f()
			note("")
		})
	})
	t.SkipNow() // the rest of the test needs the counts, which the other process has
	return nil
}

// note leaves a mark among the calls. It is a call itself.
func note(step string) { awscdk.Token_AsString(jsii.String(mark+step), nil) }

func recount(t *testing.T) []byte {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	command.Env = append(os.Environ(), counting+"=1", "JSII_DEBUG=1")
	output, err := command.CombinedOutput()
	if err != nil || !bytes.Contains(output, []byte("--- SKIP: "+t.Name())) {
		t.Fatalf("the counted process failed: %v\n%s", err, failure(output))
	}
	return output
}

// request is the beginning of a request in what jsii prints.
const request = `> {"api":`

// call is a request of the jsii protocol, with the fields that say what it does.
type call struct {
	API      string `json:"api"`
	FQN      string `json:"fqn"`
	Method   string `json:"method"`
	Property string `json:"property"`
	ObjRef   struct {
		ByRef string `json:"$jsii.byref"`
	} `json:"objref"`
	Args []any `json:"args"`
}

func stepsOf(t *testing.T, output []byte) map[string][]string {
	t.Helper()
	steps := map[string][]string{}
	step := ""
	for _, line := range strings.Split(string(output), "\n") {
		// A long response may be in the middle when the next request is written, so a request can follow on its line.
		at := strings.LastIndex(line, request)
		if at < 0 {
			continue
		}
		text := line[at+len("> "):]
		c := call{}
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if name, ok := c.marked(); ok {
			if step = name; step != "" {
				steps[step] = []string{}
			}
			continue
		}
		if step != "" {
			steps[step] = append(steps[step], c.String())
		}
	}
	return steps
}

func (c call) marked() (string, bool) {
	if len(c.Args) == 0 {
		return "", false
	}
	text, _ := c.Args[0].(string)
	return strings.CutPrefix(text, mark)
}

// String returns what the call does, and to what.
func (c call) String() string {
	owner, _, _ := strings.Cut(c.ObjRef.ByRef, "@")
	words := []string{c.API}
	if name := c.FQN + owner; name != "" {
		words = append(words, name)
	}
	if member := c.Method + c.Property; member != "" {
		words = append(words, member)
	}
	return strings.Join(words, " ")
}

// failure returns what go test printed in the counted process; the rest of the output is the kernel's.
func failure(output []byte) string {
	var lines []string
	said := false
	for _, line := range strings.Split(string(output), "\n") {
		said = strings.HasPrefix(line, "    ") && (said || strings.Contains(line, ".go:")) || strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "panic: ")
		if said {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
