package onecall

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"sync"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

const moduleName = "cdk-private-api-onecall"

// source is the module. Its manifest, jsii.json, names a compiler from before jsii wove the names of classes into them: then jsii has
// them from the manifest, and our constructs stay constructs.Construct in CDK's tree and metadata.
//
//go:embed module/index.js module/runner.js module/wait.js module/package.json module/jsii.json
var source embed.FS

// module is an npm package as jsii loads it.
type module struct {
	version string
	tarball []byte
}

// packed is the module. Its version follows its content, because jsii keeps packages by name and version.
var packed = sync.OnceValue(func() module { return pack(source) })

func pack(files fs.FS) module {
	names, err := fs.Glob(files, "module/*")
	must(err)
	hash, contents := sha256.New(), map[string]string{}
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		must(err)
		contents[name] = string(content)
		hash.Write(fmt.Appendf(nil, "%s %d\n%s", name, len(content), content))
	}
	m := module{version: fmt.Sprintf("0.0.0-%x", hash.Sum(nil)[:16])}
	var buffer bytes.Buffer
	zip := gzip.NewWriter(&buffer)
	archive := tar.NewWriter(zip)
	for _, name := range names { // in order, and without times, so that the same source gives the same bytes
		content := strings.ReplaceAll(contents[name], "VERSION", m.version)
		must(archive.WriteHeader(&tar.Header{Name: packagePath(name), Mode: 0o644, Size: int64(len(content))}))
		_, err := archive.Write([]byte(content))
		must(err)
	}
	must(archive.Close())
	must(zip.Close())
	m.tarball = buffer.Bytes()
	return m
}

// packagePath is where a file is in the package. The manifest of jsii has a name that Go's tools would hide.
func packagePath(name string) string {
	return strings.Replace(strings.Replace(name, "module/", "package/", 1), "/jsii.json", "/.jsii", 1)
}

// must panics on errors that cannot be: of embedded files, and of writing to memory.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// load loads the module into the kernel. It does so once for each kernel: after jsii.Close there is another.
func load() { _jsii_.Load(moduleName, packed().version, packed().tarball) }

// group and connectableGroup are the classes of the module, as jsii knows them in Go.
type (
	group            interface{ constructs.Construct }
	connectableGroup interface {
		constructs.Construct
		awsec2.IConnectable
	}
)

// underConstruction are the constructs that are being made, the last one first: making one may call back to Go, which may make another.
var underConstruction []constructs.Construct

// register tells jsii that the objects of our classes are in Go what [Begin] was called with. Create, by which CDK's packages make
// constructs, does that too, but compares the type with each interface of CDK, each time.
var register = sync.OnceFunc(func() {
	made := func() any { return underConstruction[len(underConstruction)-1] }
	_jsii_.RegisterClass(moduleName+".Group", reflect.TypeFor[group](), nil, made)
	_jsii_.RegisterClass(moduleName+".ConnectableGroup", reflect.TypeFor[connectableGroup](), nil, made)
})
