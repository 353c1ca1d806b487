package measure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Call is a kind of jsii call: the request to the kernel, with its type and member.
type Call struct {
	API, Type, Member string
}

// String returns the request with its type and member.
func (c Call) String() string {
	if c.Member == "" {
		return c.API + " " + c.Type
	}
	return fmt.Sprintf("%s %s.%s", c.API, c.Type, c.Member)
}

// Calls counts the jsii calls of a process by kind, and how long they took.
type Calls struct {
	Count map[Call]int
	Took  map[Call]time.Duration

	open Call
	sent time.Time
}

// Total returns the number of all calls.
func (c *Calls) Total() int {
	total := 0
	for _, n := range c.Count {
		total += n
	}
	return total
}

// CountCalls runs a command once more slowly, with the trace of the jsii runtime on, and counts its calls.
func CountCalls(command Command) (*Calls, error) {
	calls := &Calls{Count: map[Call]int{}, Took: map[Call]time.Duration{}}
	command.Env = append(command.Env[:len(command.Env):len(command.Env)], "JSII_DEBUG=1")
	var failure error
	command.Debug = func(line []byte) {
		if err := calls.line(line); err != nil && failure == nil {
			failure = err
		}
	}
	if _, err := Run(command); err != nil {
		return nil, err
	}
	if failure == nil && len(calls.Count) == 0 {
		failure = fmt.Errorf("%s: the jsii runtime traced no call", command.Path)
	}
	return calls, failure
}

var (
	request  = []byte(`> {"api":`)
	response = []byte(`< {`)
)

// line reads a line of the trace: requests and responses alternate.
func (c *Calls) line(line []byte) error {
	switch {
	case bytes.HasPrefix(line, request):
		message := struct {
			API, FQN, Method, Property string
			ObjRef                     struct {
				Ref string `json:"$jsii.byref"`
			}
		}{}
		if err := json.Unmarshal(line[len("> "):], &message); err != nil {
			return fmt.Errorf("trace of the jsii runtime: %w", err)
		}
		kind, _, _ := strings.Cut(message.ObjRef.Ref, "@")
		c.open, c.sent = Call{message.API, message.FQN + kind, message.Method + message.Property}, time.Now()
		c.Count[c.open]++
	case bytes.HasPrefix(line, response) && !c.sent.IsZero():
		c.Took[c.open] += time.Since(c.sent)
		c.sent = time.Time{}
	}
	return nil
}
