package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/weight"
)

// Machine is the machine on which the benchmark ran.
type Machine struct {
	Date   string `json:"date"`
	System string `json:"system"`
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory string `json:"memory"`
	Go     string `json:"go"`
	Node   string `json:"node"`
	CDK    string `json:"cdk"`
}

func newMachine() Machine {
	m := Machine{
		Date: time.Now().UTC().Format(time.DateOnly), System: runtime.GOOS + "/" + runtime.GOARCH,
		CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Memory: memory(),
		Go: runtime.Version(), Node: output("node", "--version"),
		CDK: output("go", "list", "-m", "-f", "{{.Version}}", weight.CDK),
	}
	return m
}

// String returns the machine in one line.
func (m Machine) String() string {
	return fmt.Sprintf("%s: %s, %d cores (%s), memory %s; %s, Node %s, CDK %s",
		m.Date, m.System, m.Cores, or(m.CPU), or(m.Memory), m.Go, m.Node, m.CDK)
}

func or(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

// memory returns the size of the machine's memory, "" if it is unknown.
func memory() string {
	kilobytes, err := strconv.ParseFloat(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"), 64)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%.0f GB", kilobytes*1024/1e9)
}

// field returns the first value of a name in a file of "name: value" lines; "" if there is none.
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
