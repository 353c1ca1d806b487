package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	lockCommand = "lock"
	defaultLock = "privateapi.lock.json"
)

const lockUsage = `privateapi lock [flags] [ASSEMBLY] writes privateapi.lock.json: what consumers hold in place in a cloud assembly, such as load
balancers, endpoint services, endpoints and their names, with the values that must not change. Commit it, and let CI run the check: it
finds what the next deployment would delete, replace, or ask of AWS in vain. ASSEMBLY is cdk.out by default.

  --check               compare with the lock, and write nothing
  --file FILE           the lock. Default: privateapi.lock.json
  --format text|json|sarif
                        of what a check finds. Default: text

Exit codes: 0 written, or nothing changes that is locked; 1 something is deleted, replaced or refused; 3 bad input; 4 only the deployment
decides.
`

// lockFlags are the values of the flags of lock.
type lockFlags struct {
	check                  bool
	file, format, assembly string
}

// lockAssembly writes the lock of an assembly, or compares the assembly with it.
func lockAssembly(args []string, isTerminal bool) (output writer, code int, err error) {
	o := &lockFlags{}
	if err := o.parse(args); errors.Is(err, flag.ErrHelp) {
		return text(lockUsage), exitReachable, nil
	} else if err != nil {
		return nil, exitBadInput, fmt.Errorf("lock: %w", err)
	}
	run := o.write
	if o.check {
		run = func(a *assembly.Assembly) (writer, int, error) { return o.compare(a, isTerminal) }
	}
	a, err := o.load()
	if err == nil {
		output, code, err = run(a)
	}
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("lock: %w", err)
	}
	return output, code, nil
}

func (o *lockFlags) parse(args []string) error {
	f := flag.NewFlagSet(lockCommand, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.BoolVar(&o.check, "check", false, "")
	f.Func("file", "", once(&o.file, "want FILE", isFilled))
	f.Func("format", "", once(&o.format, "want text, json or sarif", func(s string) bool { return slices.Contains([]string{"text", "json", "sarif"}, s) }))
	err := f.Parse(args)
	if err == nil && f.NArg() > 0 { // flags can follow the assembly
		o.assembly = f.Arg(0)
		err = f.Parse(f.Args()[1:])
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return err
	case err != nil:
		return fmt.Errorf("%w; privateapi lock -h lists the flags", err)
	case f.NArg() > 0:
		return fmt.Errorf("unexpected argument %q; privateapi lock -h lists the flags", f.Arg(0))
	case o.format != "" && !o.check:
		return errors.New("--format is for --check")
	}
	if o.file == "" {
		o.file = defaultLock
	}
	return nil
}

// load reads the assembly.
func (o *lockFlags) load() (*assembly.Assembly, error) {
	dir := o.assembly
	if dir == "" {
		dir = defaultAssembly
	}
	a, err := assembly.Load(assembly.Input{Dir: dir})
	if _, missing := os.Stat(dir); err != nil && o.assembly == "" && errors.Is(missing, fs.ErrNotExist) {
		return nil, fmt.Errorf("no %s here: run cdk synth, or name the cloud assembly", dir)
	}
	return a, err
}

// write writes the lock.
func (o *lockFlags) write(a *assembly.Assembly) (output writer, code int, err error) {
	r := &rules.Report{}
	l := lock.Of(r, a)
	switch {
	case l == nil:
		return nil, exitBadInput, r.Err("the assembly")
	case l.Count() == 0:
		return nil, exitBadInput, errors.New("the assembly has nothing that consumers hold in place")
	}
	if err := os.WriteFile(o.file, lock.Marshal(l), 0o644); err != nil { //nolint:gosec // it has no secrets, and is checked in
		return nil, exitBadInput, err
	}
	return text(fmt.Sprintf("%s: %s in %s\n", o.file, count(l.Count(), "resource"), count(len(l.Stacks), "stack"))), exitReachable, nil
}

// compare compares the assembly with the lock.
func (o *lockFlags) compare(a *assembly.Assembly, isTerminal bool) (output writer, code int, err error) {
	content, err := limit.ReadFile(o.file, lock.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exitBadInput, fmt.Errorf("no %s here: privateapi lock writes it", o.file)
	}
	var l *lock.Lock
	if err == nil {
		l, err = lock.Parse(content)
	}
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("%s: %w", o.file, err)
	}
	report := l.Compare(a)
	switch o.format {
	case "json":
		output = func(w io.Writer) error { return writeLockJSON(w, report) }
	case "sarif":
		output = func(w io.Writer) error { return writeLockSARIF(w, report, version()) }
	default:
		output = func(w io.Writer) error { return writeLockText(w, report, isTerminal) }
	}
	return output, lockCode(report), nil
}

// lockCode is what a script reads.
func lockCode(r *lock.Report) int {
	switch r.Verdict() {
	case lock.Held:
		return exitReachable
	case lock.Broken:
		return exitBlocked
	}
	return exitUnknown
}
