package assembly_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const kinds = `
Parameters: {Env: {Type: String}}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    DependsOn: It
    Metadata: {"aws:cdk:path": Shop/Vpc/Resource}
  It:
    Type: T
    Metadata: {"aws:cdk:path": Shop/It/Default}
    DependsOn: [Other]
    Properties:
      Text: "443"
      Number: 443
      Bool: false
      List: [a, !Ref Vpc]
      Map: {B: 1, A: !Ref Vpc, C: !Ref AWS::NoValue}
      Ref: !GetAtt Vpc.CidrBlock
      Sub: !Sub "a${Vpc}b${Env}"
      Select: !Select [3, !GetAtt Vpc.X]
      Split: !Split [":", !GetAtt Vpc.X]
      Unknown: !Ref Env
  Other: {Type: T}
`

func TestValue(t *testing.T) {
	it := mustShop(t, kinds).Stack("Shop").Resource("It")
	for property, want := range map[string]assembly.Kind{
		"Text": assembly.Literal, "Number": assembly.Literal, "Bool": assembly.Literal, "List": assembly.List,
		"Map": assembly.Map, "Ref": assembly.Reference, "Sub": assembly.Text, "Select": assembly.Part,
		"Split": assembly.Part, "Unknown": assembly.Unknown, "Nothing": assembly.Absent,
	} {
		if got := it.Property(property).Kind(); got != want {
			t.Errorf("%s is %v, want %v", property, got, want)
		}
	}
	for _, property := range []string{"Text", "Number"} {
		text, ok := it.Property(property).Text()
		n, isNumber := it.Property(property).Number()
		if text != "443" || !ok || n != 443 || !isNumber {
			t.Errorf("%s = %q, %v and %v, %v", property, text, ok, n, isNumber)
		}
	}
	if b, ok := it.Property("Bool").Bool(); b || !ok {
		t.Errorf("Bool = %v, %v", b, ok)
	}
	if _, ok := it.Property("Text").Bool(); ok {
		t.Error("443 is a bool")
	}
	if _, ok := it.Property("Unknown").Text(); ok {
		t.Error("an unknown has text")
	}
}

func TestValueWithItems(t *testing.T) {
	it := mustShop(t, kinds).Stack("Shop").Resource("It")
	items, ok := it.Property("List").Items()
	if !ok || len(items) != 2 || it.Property("List").Len() != 2 || items[1].Kind() != assembly.Reference {
		t.Errorf("items = %v, %v", items, ok)
	}
	if got, want := it.Property("Map").Fields(), []string{"A", "B"}; !slices.Equal(got, want) || it.Property("Map").Len() != 2 {
		t.Errorf("fields = %v, want %v", got, want)
	}
	if r, attribute, ok := it.Property("Ref").Reference(); !ok || attribute != "CidrBlock" || r != it.Stack.Resource("Vpc") {
		t.Errorf("reference = %v, %s, %v", r, attribute, ok)
	}
	if got := it.Property("Sub").Parts(); len(got) != 4 || got[0].String() != "a" || got[3].Kind() != assembly.Unknown {
		t.Errorf("parts = %v", got)
	}
	if op, index, of, ok := it.Property("Select").Part(); op != "Select" || index != 3 || of.String() != "Shop/Vpc.X" || !ok {
		t.Errorf("part = %s, %d, %v, %v", op, index, of, ok)
	}
	split := it.Property("Split")
	if op, index, _, ok := split.Part(); op != "Split" || index != -1 || !ok || split.Separator() != ":" {
		t.Errorf("part = %s, %d, %v, %q", op, index, ok, split.Separator())
	}
	if got, want := it.Property("Sub").Settle(), (assembly.Settlement{Kind: assembly.ByParameter, Subject: "Shop.Env"}); got != want {
		t.Errorf("Settle = %v, want %v", got, want)
	}
}

func TestPathsOfProperties(t *testing.T) {
	it := mustShop(t, kinds).Stack("Shop").Resource("It")
	for _, tc := range []struct {
		path []any
		want string
	}{
		{[]any{"List", 0}, "a"},
		{[]any{"List", 2}, "absent"},
		{[]any{"List", -1}, "absent"},
		{[]any{"Map", "B"}, "1"},
		{[]any{"Map", "D"}, "absent"},
		{[]any{"Text", "D"}, "absent"},
		{[]any{"Nothing", "D", 1}, "absent"},
		{[]any{"Ref", 1}, "Shop/Vpc.CidrBlock[1]"},
		{[]any{"Ref", "A"}, "unknown: A of Shop/Vpc.CidrBlock is not known before deployment"},
		{[]any{"Unknown", 0, "A"}, envUnknown},
		{[]any{1.5}, "absent"},
	} {
		wantString(t, it.Property(tc.path...), tc.want)
	}
	wantString(t, it.Property("Unknown").Field("A"), envUnknown)
	wantString(t, it.Property("Text").Field("A"), "absent")
}

func TestResources(t *testing.T) {
	a := mustShop(t, kinds)
	s := a.Stack("Shop")
	if got := s.Resources(); len(got) != 3 || got[0].ID != "It" || got[2].ID != "Vpc" {
		t.Errorf("resources = %v", got)
	}
	if got := s.OfType("T"); len(got) != 2 || got[0].ID != "It" || got[1].ID != "Other" {
		t.Errorf("resources of type T = %v", got)
	}
	if got := a.OfType("T"); len(got) != 2 {
		t.Errorf("resources of type T = %v", got)
	}
	it, vpc := s.Resource("It"), s.Resource("Vpc")
	if it.ConstructPath != "Shop/It" || vpc.ConstructPath != "Shop/Vpc" {
		t.Errorf("construct paths %q and %q", it.ConstructPath, vpc.ConstructPath)
	}
	if !slices.Equal(it.DependsOn, []string{"Other"}) || !slices.Equal(vpc.DependsOn, []string{"It"}) {
		t.Errorf("depends on %v and %v", it.DependsOn, vpc.DependsOn)
	}
	if it.Exists != assembly.Yes || s.Resource("Nothing") != nil || a.Stack("Nothing") != nil {
		t.Error("a resource without a condition must exist, and an unknown logical ID must not return a resource")
	}
}

// Goroutines can share an assembly without a lock: comparing values changes nothing.
func TestConcurrentReaders(t *testing.T) {
	it := mustShop(t, `Resources: {V: {Type: AWS::EC2::VPC}, It: {Type: T, Properties: {A: !Sub "${V}-${V}-${V}", B: !Sub "${V}-${V}-${V}${V}"}}}`).Stack("Shop").Resource("It")
	a, b := it.Property("A"), it.Property("B")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				if got := assembly.Equal(a, b); got != assembly.Maybe {
					t.Errorf("Equal = %v", got)
				}
				it.Property("A", "X", 1)
				it.Stack.OfType("T")
			}
		})
	}
	group.Wait()
	wantString(t, a, "${Shop/V.Ref}-${Shop/V.Ref}-${Shop/V.Ref}")
	wantString(t, b, "${Shop/V.Ref}-${Shop/V.Ref}-${Shop/V.Ref}${Shop/V.Ref}")
}

// Changing the slices that accessors return does not change the assembly.
func TestAccessorsHandOutCopies(t *testing.T) {
	a := mustShop(t, kinds)
	s := a.Stack("Shop")
	s.Resources()[0], a.OfType("T")[0], s.Resource("It").Implicit()[0] = nil, nil, nil
	items, _ := s.Resource("It").Property("List").Items()
	items[0] = assembly.Value{}
	if s.Resources()[0] == nil || a.OfType("T")[0] == nil || s.Resource("It").Implicit()[0] == nil {
		t.Error("a list of resources was changed")
	}
	wantString(t, s.Resource("It").Property("List", 0), "a")
}
