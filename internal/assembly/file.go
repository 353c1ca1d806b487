package assembly

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// disk is where files are.
type disk struct {
	// real returns the path of a file without symbolic links.
	real func(file string) (string, error)

	// size returns the size of a regular file. It is an error if the file is not a regular file.
	size func(file string) (int, error)

	// read returns the content of a regular file of limited size.
	read func(file string) ([]byte, error)
}

var localDisk = disk{real: filepath.EvalSymlinks, size: sizeOfFile, read: readFile}

// files reads and parses the files of one load, each file once, several at a time. Its methods are not safe for
// concurrent use.
type files struct {
	disk   disk
	limits Limits
	parsed map[string]*parsing // by real path

	// What the load has cost so far.
	count, bytes, values int

	total   atomic.Int64  // values that were parsed, whether used or not
	stopped atomic.Bool   // nothing more will be used
	running chan struct{} // one item for each file that is being parsed
	group   sync.WaitGroup
}

func newFiles(d disk, limits Limits) *files {
	return &files{disk: d, limits: limits, parsed: map[string]*parsing{}, running: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// parsing is a file that is being parsed, or was.
type parsing struct {
	real    string
	name    string // under which it was first opened
	size    int
	used    bool
	done    chan struct{} // closed when the rest is known
	skipped bool          // it must be parsed when it is used
	root    *value
	count   int
	loops   bool // the file may contain Fn::ForEach
	err     error
}

// stop waits until no file is being parsed.
func (f *files) stop() {
	f.stopped.Store(true)
	f.group.Wait()
}

// prefetch begins to parse a file that will be used soon. Its errors are returned when it is used.
func (f *files) prefetch(file, root string) { _, _ = f.open(file, root) }

// parse returns the content of a file. If root is not empty, the file must be inside of that directory, also after
// following symbolic links.
func (f *files) parse(file, root string) (*parsing, error) {
	p, err := f.open(file, root)
	if err != nil {
		return nil, err
	}
	<-p.done
	if p.skipped {
		p.skipped = false
		f.load(p)
	}
	if p.err != nil {
		return nil, fileError(file, p.err)
	}
	if err := f.charge(p); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}

// charge counts one use of a file.
func (f *files) charge(p *parsing) error {
	if p.used {
		f.bytes += p.size
	}
	p.used = true
	return f.spend(p.count, 0)
}

// spend counts values and bytes.
func (f *files) spend(values, bytes int) error {
	f.values += values
	f.bytes += bytes
	return f.check()
}

// check returns an error if the load has cost more than its limits allow.
func (f *files) check() error {
	if err := within(f.count, f.limits.Files, "files", "Files"); err != nil {
		return err
	}
	if err := within(f.bytes, f.limits.Bytes, "bytes", "Bytes"); err != nil {
		return err
	}
	return within(f.values, f.limits.Values, "values", "Values")
}

// open looks at a file and begins to parse it, unless it has done so before.
func (f *files) open(file, root string) (*parsing, error) {
	real, err := f.disk.real(file)
	if err != nil {
		return nil, fileError(file, err)
	}
	if root != "" && !f.contains(root, real) {
		return nil, fmt.Errorf("%s: leads to a file that is outside of %s", file, root)
	}
	if p := f.parsed[real]; p != nil {
		return p, nil
	}
	size, err := f.disk.size(real)
	if err != nil {
		return nil, fileError(file, err)
	}
	f.count++
	f.bytes += size
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p := &parsing{real: real, name: file, size: size, done: make(chan struct{})}
	f.parsed[real] = p
	f.group.Go(func() {
		f.running <- struct{}{}
		defer func() { <-f.running }()
		defer close(p.done)
		// To parse all files before one is used must not take more memory than the limits allow.
		if f.stopped.Load() || f.total.Load() > int64(f.limits.Values) {
			p.skipped = true
			return
		}
		f.load(p)
		f.total.Add(int64(p.count))
	})
	return p, nil
}

// exists reports whether there is a file, of whatever kind.
func (f *files) exists(file string) bool {
	_, err := f.disk.real(file)
	return err == nil
}

// contains reports whether the directory contains the file, whose path has no symbolic links.
func (f *files) contains(dir, real string) bool {
	dir, err := f.disk.real(dir)
	if err != nil {
		return false
	}
	below, err := filepath.Rel(dir, real)
	return err == nil && filepath.IsLocal(below)
}

// load reads and parses a JSON or YAML file. A panic must not end the program: callers cannot recover from it.
func (f *files) load(p *parsing) {
	defer func() {
		if r := recover(); r != nil {
			p.err = fmt.Errorf("cannot be parsed: %v", r)
		}
	}()
	data, err := f.disk.read(p.real)
	if err != nil {
		p.err = err
		return
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		p.err = errors.New("not UTF-8")
		return
	}
	parse := parseYAML
	if isJSON(p.name, data) {
		parse = parseJSON
	}
	p.loops = bytes.Contains(data, []byte(loopPrefix))
	p.root, p.count, p.err = parse(data)
}

// isJSON tells JSON from YAML. Text that begins with a brace is JSON, except in YAML files where it is flow style that
// JSON does not allow.
func isJSON(file string, data []byte) bool {
	switch ext := filepath.Ext(file); {
	case ext == ".json":
		return true
	case !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")):
		return false
	case ext == ".yaml" || ext == ".yml":
		_, _, err := parseJSON(data)
		return err == nil
	}
	return true
}

var errNotRegular = errors.New("is not a regular file")

// sizeOfFile looks at a file before it is opened: to open a FIFO would wait for a writer.
func sizeOfFile(file string) (int, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, errNotRegular
	case info.Size() > maxFile:
		return 0, errTooLarge
	}
	return int(info.Size()), nil
}

var errTooLarge = fmt.Errorf("larger than %d MiB", maxFile>>20)

func readFile(file string) ([]byte, error) {
	size, err := sizeOfFile(file)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it is only read
	var b bytes.Buffer
	b.Grow(size + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(f, maxFile+1)); err != nil {
		return nil, err
	}
	if b.Len() > maxFile {
		return nil, errTooLarge
	}
	return b.Bytes(), nil
}

// fileError returns an error that starts with the file name, as all errors of this package do, and has it only once.
func fileError(file string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%s: %w", file, err)
}
