package measure_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/measure"
)

func shell(t *testing.T, script string) measure.Command {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell: ", err)
	}
	return measure.Command{Path: sh, Args: []string{"-c", script}, Env: os.Environ()}
}

func run(t *testing.T, script string) measure.Usage {
	t.Helper()
	usage, err := measure.Run(shell(t, script))
	if err != nil {
		t.Fatal(err)
	}
	return usage
}

// busy uses some tenths of a second of CPU.
const busy = `i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done`

func TestCPU(t *testing.T) {
	idle := run(t, "sleep 0.3")
	if idle.Wall < 300*time.Millisecond || idle.CPU > 200*time.Millisecond {
		t.Errorf("sleep 0.3 took %v, and %v of CPU", idle.Wall, idle.CPU)
	}
	own := run(t, busy)
	if own.CPU < 20*time.Millisecond {
		t.Fatalf("a loop took %v of CPU", own.CPU)
	}
	if child := run(t, "sh -c '"+busy+"'; true"); child.CPU < own.CPU/4 {
		t.Errorf("a loop took %v of CPU, in a child %v", own.CPU, child.CPU)
	}
	if runtime.GOOS != "linux" {
		return
	}
	orphan := run(t, "sh -c '"+busy+"' & sleep 0.01")
	if orphan.CPU < own.CPU/4 {
		t.Errorf("a loop took %v of CPU, in an orphan %v", own.CPU, orphan.CPU)
	}
}

func TestPeak(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is unknown on this system")
	}
	small, big := run(t, "sleep 0.3"), run(t, "x=$(head -c 20000000 /dev/zero | tr '\\0' x); sh -c 'sleep 0.3'; true")
	if small.Peak == 0 || big.Peak-small.Peak < 15e6 {
		t.Errorf("peaks = %d and %d bytes, want 20 MB between them", small.Peak, big.Peak)
	}
}

func TestOthers(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the load of other processes is unknown on this system")
	}
	var done atomic.Bool
	go func() {
		for !done.Load() { // keep a core busy
		}
	}()
	usage := run(t, "sleep 1")
	done.Store(true)
	if usage.Others < 0.3 {
		t.Errorf("others = %v cores while this process ran all the time", usage.Others)
	}
}

func TestFailure(t *testing.T) {
	_, err := measure.Run(shell(t, "echo out; echo err >&2; exit 3"))
	if err == nil || !strings.Contains(err.Error(), "out\nerr") || !strings.Contains(err.Error(), "3") {
		t.Errorf("err = %v, want the exit code and what was printed", err)
	}
}

func TestCountCalls(t *testing.T) {
	calls, err := measure.CountCalls(shell(t, `[ "$JSII_DEBUG" = 1 ] || exit 1; cat >&2 <<'END'
[@jsii/kernel] noise
> {"api":"create","fqn":"aws-cdk-lib.Stack","args":[]}
< {"ok":{"$jsii.byref":"aws-cdk-lib.Stack@10001"}}
> {"api":"get","objref":{"$jsii.byref":"aws-cdk-lib.Stack@10001"},"property":"region"}
< {"ok":{"value":"eu-west-1"}}
> {"api":"get","objref":{"$jsii.byref":"aws-cdk-lib.Stack@10002"},"property":"region"}
< {"ok":{"value":"eu-west-1"}}
> {"api":"sinvoke","fqn":"aws-cdk-lib.Stack","method":"of"}
< {"ok":{}}
END`))
	if err != nil {
		t.Fatal(err)
	}
	get := measure.Call{API: "get", Type: "aws-cdk-lib.Stack", Member: "region"}
	if calls.Total() != 4 || calls.Count[get] != 2 {
		t.Errorf("calls = %v", calls.Count)
	}
	if _, err := measure.CountCalls(shell(t, "true")); err == nil {
		t.Error("no error for a process without calls")
	}
}
