package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/weight"
)

// Machine is where the benchmark ran.
type Machine struct {
	Date   string `json:"date"`
	System string `json:"system"`
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory string `json:"memory"`
	Load   string `json:"load"` // before the first run: others were at work, if it is not near 0
	Go     string `json:"go"`
	Node   string `json:"node"`
	CDK    string `json:"cdk"`
}

func newMachine() Machine {
	m := Machine{
		Date: time.Now().UTC().Format(time.DateOnly), System: runtime.GOOS + "/" + runtime.GOARCH,
		CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Memory: field("/proc/meminfo", "MemTotal"),
		Go: runtime.Version(), Node: output("node", "--version"),
		CDK: output("go", "list", "-m", "-f", "{{.Version}}", weight.CDK),
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(load), " ")
	}
	return m
}

func (m Machine) String() string {
	return fmt.Sprintf("%s: %s, %d cores (%s), memory %s, load %s before; %s, Node %s, CDK %s",
		m.Date, m.System, m.Cores, or(m.CPU), or(m.Memory), or(m.Load), m.Go, m.Node, m.CDK)
}

func or(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

// field returns the first value of a name in a file of "name: value" lines; "" where there is none.
func field(file, name string) string {
	content, _ := os.ReadFile(file)
	for line := range strings.Lines(string(content)) {
		if key, value, _ := strings.Cut(line, ":"); strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func output(command string, arguments ...string) string {
	text, err := exec.Command(command, arguments...).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}
