package onecall

import (
	"bytes"
	"io/fs"
	"testing"
	"testing/fstest"
)

// jsii keeps packages by name and version: the same source gives the same package, and other source another version.
func TestPack(t *testing.T) {
	first, second := pack(source), pack(source)
	if first.version != second.version || !bytes.Equal(first.tarball, second.tarball) {
		t.Error("the same source gives two packages")
	}
	for _, name := range []string{"module/index.js", "module/runner.js", "module/wait.js", "module/package.json", "module/jsii.json"} {
		changed := fstest.MapFS{}
		files, err := fs.Glob(source, "module/*")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := fs.ReadFile(source, file)
			if err != nil {
				t.Fatal(err)
			}
			changed[file] = &fstest.MapFile{Data: content}
		}
		changed[name] = &fstest.MapFile{Data: append(changed[name].Data, '\n')}
		if pack(changed).version == first.version {
			t.Errorf("%s changed, and the version did not", name)
		}
	}
}
