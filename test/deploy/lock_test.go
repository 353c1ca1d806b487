package deploy_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// lockedChanges is the file by which the tests of package lock repeat this one without a local AWS API.
var lockedChanges = filepath.Join("..", "..", "internal", "lock", "testdata", "changes.json")

// lockedChange is a change, as JSON merge patches of the templates before it.
type lockedChange struct {
	Name       string         `json:"name"`
	Text       string         `json:"text"`
	IsEveryday bool           `json:"isEveryday"`
	Patches    map[string]any `json:"patches"` // by stack
}

// everydayLock compares the assembly of each change with the lock of the app before it: everyday changes break nothing, and the others do.
func (o *orders) everydayLock(t *testing.T) {
	locked := lockOf(t, o.assembly)
	file := struct {
		Templates map[string]any `json:"templates"` // by stack
		Changes   []lockedChange `json:"changes"`
	}{Templates: map[string]any{}}
	for _, stack := range []string{"Consumer", "Provider"} {
		file.Templates[stack] = o.stable(t, o.assembly, stack)
	}
	changes := slices.Concat(everyday, disruptive, []change{{name: "providerId", text: "The provider gets another id"}})
	for i, c := range changes {
		dir := filepath.Join(o.assembly, c.name)
		l := lockedChange{Name: c.name, Text: c.text, IsEveryday: i < len(everyday), Patches: map[string]any{}}
		if report := locked.Compare(must(assembly.Load(assembly.Input{Dir: dir}))(t)); (report.Verdict() == lock.Held) != l.IsEveryday {
			t.Errorf("%s: the verdict of the lock is %s: %v", c.name, report.Verdict(), report.Findings)
		}
		for stack, before := range file.Templates {
			if patch, differs := patchOf(before, o.stable(t, dir, stack)); differs {
				l.Patches[stack] = patch
			}
		}
		file.Changes = append(file.Changes, l)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(file); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(lockedChanges, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if content := must(os.ReadFile(lockedChanges))(t); !bytes.Equal(content, text.Bytes()) {
		t.Errorf("%s is not what these apps synthesise; UPDATE_GOLDEN=1 go test -run Updates . rewrites it", lockedChanges)
	}
}

// cdkDiff shows what docs/lock.md says of the alternative: it sees another port, and passes it, though consumers call the old one.
func (o *orders) cdkDiff(t *testing.T) {
	output, err := local.CLI.Run(t.Context(), nil, "diff", "Provider", "--app", filepath.Join(o.assembly, "port"),
		"--template", filepath.Join(o.assembly, "Provider.template.json"), "--fail-on", "destructive")
	if err != nil || !strings.Contains(output, "8443") {
		t.Errorf("%v\n%s", err, output)
	}
}

// lockOf returns the lock of an assembly, as it is read from its file.
func lockOf(t *testing.T, dir string) *lock.Lock {
	t.Helper()
	r := &rules.Report{}
	l := lock.Of(r, must(assembly.Load(assembly.Input{Dir: dir}))(t))
	if l == nil {
		t.Fatal(r.Err(dir))
	}
	return must(lock.Parse(lock.Marshal(l)))(t)
}

// The ARNs of certificates, and names that have a hash of one: they differ in each run.
var (
	anyCertificate  = regexp.MustCompile(`arn:aws:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]{36}`)
	certificateName = regexp.MustCompile(`(Listener/?Certificate)[0-9a-f]{16}(1[0-9A-F]{8})?`)
)

// stable is a template that is the same in each run.
func (o *orders) stable(t *testing.T, dir, stack string) any {
	t.Helper()
	text := string(must(os.ReadFile(filepath.Join(dir, stack+".template.json")))(t))
	const fixed = "arn:aws:acm:eu-west-1:222222222222:certificate/00000000-0000-4000-8000-00000000000"
	text = strings.ReplaceAll(text, local.CertificateArn, fixed+"1")
	text = anyCertificate.ReplaceAllStringFunc(text, func(arn string) string {
		if arn == fixed+"1" {
			return arn
		}
		return fixed + "2"
	})
	var template any
	if err := json.Unmarshal([]byte(certificateName.ReplaceAllString(text, "${1}0000")), &template); err != nil {
		t.Fatal(err)
	}
	return template
}

// patchOf is the JSON merge patch that turns a value into another one.
func patchOf(before, after any) (patch any, differs bool) {
	if reflect.DeepEqual(before, after) {
		return nil, false
	}
	from, isObject := before.(map[string]any)
	to, isObjectNow := after.(map[string]any)
	if !isObject || !isObjectNow {
		return after, true
	}
	members := map[string]any{}
	for name, value := range to {
		if member, differs := patchOf(from[name], value); differs {
			members[name] = member
		}
	}
	for name := range from {
		if _, stays := to[name]; !stays {
			members[name] = nil
		}
	}
	return members, true
}
