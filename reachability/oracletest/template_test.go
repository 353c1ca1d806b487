package oracletest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// style is how templates are written. It does not change what they mean.
type style struct {
	Seed     uint64
	Layers   bool // four stacks: the network and the API of each side; otherwise one, or one for each account
	Split    bool // two stacks also within one account
	Rename   bool // logical IDs
	Shuffle  bool // the order of keys, and of lists whose order says nothing
	Adorn    bool // tags, descriptions and metadata
	Stranger bool // another VPC with all that a VPC has
	Spare    bool // listeners on ports that nobody calls
	Verbose  bool // what AWS ignores or has as a default, numbers as text
	ByRef    bool // Ref of a security group rather than GetAtt
	OtherWay bool // properties that say the same in another form
	Grouped  bool // records in a group
	Indirect bool // values by parameters with a default, mappings and conditions
}

type (
	object = map[string]any
	set    []any // a list whose order says nothing
)

// writer writes a network as templates.
type writer struct {
	n     *network
	style style
	hole  any // a pointer to the literal that becomes a parameter without a value
	rng   *rand.Rand

	stacks map[string]object // templates by stack
	home   map[string]string // the stack of each resource
	stack  string            // where resources are added now
	inputs map[string]*reachability.Input

	defers  bool          // rules that name groups of another VPC are left for later
	foreign []foreignRule // those rules
}

// load writes the templates of a network into a directory and loads them.
func load(dir string, n *network, style style, hole any) (*reachability.Model, error) {
	w := newWriter(n, style, hole)
	w.writeSide(n.consumer)
	w.writeSide(n.provider)
	w.writeProvider()
	w.writeConsumer()
	if style.Stranger {
		w.writeStranger()
	}
	return w.load(dir)
}

func newWriter(n *network, style style, hole any) *writer {
	return &writer{
		n: n, style: style, hole: hole, rng: rand.New(rand.NewPCG(style.Seed, 1)),
		stacks: map[string]object{}, home: map[string]string{}, inputs: map[string]*reachability.Input{},
	}
}

// load writes what was added into a directory and loads it.
func (w *writer) load(dir string) (*reachability.Model, error) {
	var inputs []reachability.Input
	for _, name := range slices.Sorted(maps.Keys(w.stacks)) {
		in := w.inputs[name]
		in.Template = filepath.Join(dir, name+".json")
		var text bytes.Buffer
		w.encode(&text, w.stacks[name])
		if err := os.WriteFile(in.Template, text.Bytes(), 0o600); err != nil {
			return nil, err
		}
		inputs = append(inputs, *in)
	}
	if w.style.Shuffle {
		w.rng.Shuffle(len(inputs), func(i, j int) { inputs[i], inputs[j] = inputs[j], inputs[i] })
	}
	return reachability.Load(inputs...)
}

// question is the request of the network.
func question(n *network, style style) reachability.Question {
	w := &writer{n: n, style: style}
	q := reachability.Question{
		Client: w.stackOf(n.consumer, "Api") + "/" + w.id("Client"), Domain: n.domain, Port: n.port, Path: n.path,
	}
	if !n.sameAccount {
		q.Facts.ZoneIDs = map[string]string{}
		for i, zone := range []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"} {
			for _, account := range []string{"111111111111", "222222222222"} {
				q.Facts.ZoneIDs[account+"/"+zone] = fmt.Sprintf("euw1-az%d", i+1)
			}
		}
	}
	return q
}

func (w *writer) stackOf(side *side, layer string) string {
	switch {
	case w.style.Layers:
		return side.name + layer
	case w.n.sameAccount && !w.style.Split && w.n.consumer.regionName() == w.n.provider.regionName():
		return "Both"
	}
	return side.name
}

// enter makes a stack the current one, to which resources are added.
func (w *writer) enter(side *side, layer string) { w.enterStack(side, w.stackOf(side, layer)) }

// enterStack makes a stack of the account and the Region of a side the current one.
func (w *writer) enterStack(side *side, stack string) {
	w.stack = stack
	if w.stacks[w.stack] != nil {
		return
	}
	account := "111111111111"
	if side == w.n.provider && !w.n.sameAccount {
		account = "222222222222"
	}
	w.inputs[w.stack] = &reachability.Input{Name: w.stack, Account: account, Region: side.regionName(), Parameters: map[string]string{}}
	w.stacks[w.stack] = object{"Resources": object{}}
	if w.style.Adorn {
		w.stacks[w.stack]["Description"] = "A network for a proof."
	}
}

// section is a section of the current template.
func (w *writer) section(name string) object {
	template := w.stacks[w.stack]
	if template[name] == nil {
		template[name] = object{}
	}
	return template[name].(object)
}

// id is the logical ID of the resource with that name in this code.
func (w *writer) id(name string) string {
	if !w.style.Rename {
		return name
	}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %s", w.style.Seed, name)
	return fmt.Sprintf("R%X", h.Sum64())
}

// add adds a resource.
func (w *writer) add(name, kind string, properties object) {
	w.home[name] = w.stack
	r := object{"Type": kind, "Properties": properties}
	if w.style.Adorn {
		r["Metadata"] = object{"Owner": "team " + name}
		w.adorn(kind, properties)
	}
	w.section("Resources")[w.id(name)] = r
}

func (w *writer) adorn(kind string, properties object) {
	switch kind {
	case "AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::SecurityGroup", "AWS::EC2::NetworkAcl", "AWS::ECS::Service",
		"AWS::EC2::Instance", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::TargetGroup":
		properties["Tags"] = set{object{"Key": "Name", "Value": kind}, object{"Key": "Stage", "Value": "443"}}
	case "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress":
		properties["Description"] = "from 0.0.0.0/0:443"
	}
}

// ref and att refer to a resource, through an export where it is in another stack.
func (w *writer) ref(name string) any { return w.export(name, object{"Ref": w.id(name)}) }

func (w *writer) att(name, attribute string) any {
	return w.export(name, object{"Fn::GetAtt": []any{w.id(name), attribute}})
}

func (w *writer) export(name string, value object) any {
	home := w.home[name]
	if home == w.stack {
		return value
	}
	here := w.stack
	defer func() { w.stack = here }()
	w.stack = home
	output := fmt.Sprintf("Export%d", len(w.section("Outputs")))
	w.section("Outputs")[output] = object{"Value": value, "Export": object{"Name": home + ":" + output}}
	return object{"Fn::ImportValue": home + ":" + output}
}

// literal is a value of the network, or the parameter in its place. Numbers may be text.
func literal[T any](w *writer, at *T, value any) any {
	kind := "String"
	number, isNumber := value.(int)
	if isNumber {
		kind = "Number"
	}
	if w.hole == any(at) {
		w.section("Parameters")["Hole"] = object{"Type": kind}
		return object{"Ref": "Hole"}
	}
	if isNumber && w.style.Verbose {
		value = fmt.Sprint(number)
	}
	if w.style.Indirect {
		return w.indirect(kind, value)
	}
	return value
}

// indirect is a value that is written elsewhere in the template: in a parameter, a condition or a mapping.
func (w *writer) indirect(kind string, value any) any {
	switch name := fmt.Sprintf("P%d", len(w.section("Parameters"))); w.rng.IntN(4) {
	case 0:
		w.section("Parameters")[name] = object{"Type": kind, "Default": value}
		return object{"Ref": name}
	case 1:
		w.section("Parameters")["Stage"] = object{"Type": "String", "Default": "prod"}
		w.section("Conditions")["IsProd"] = object{"Fn::Equals": []any{object{"Ref": "Stage"}, "prod"}}
		return object{"Fn::If": []any{"IsProd", value, object{"Ref": "AWS::NoValue"}}}
	case 2:
		name = fmt.Sprintf("Key%d", len(w.section("Mappings")))
		w.section("Mappings")[name] = object{"eu-west-1": object{"Value": value}, "eu-central-1": object{"Value": value}, "us-east-1": object{"Value": "other"}}
		return object{"Fn::FindInMap": []any{name, object{"Ref": "AWS::Region"}, "Value"}}
	}
	return value
}

// encode writes JSON, with keys in some order.
func (w *writer) encode(text *bytes.Buffer, v any) {
	switch v := v.(type) {
	case object:
		keys := slices.Sorted(maps.Keys(v))
		w.shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		w.list(text, "{", len(keys), "}", func(i int) {
			w.encode(text, keys[i])
			text.WriteByte(':')
			w.encode(text, v[keys[i]])
		})
	case set:
		w.shuffle(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] })
		w.encode(text, []any(v))
	case []any:
		w.list(text, "[", len(v), "]", func(i int) { w.encode(text, v[i]) })
	default:
		data, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		text.Write(data)
	}
}

func (w *writer) shuffle(n int, swap func(i, j int)) {
	if w.style.Shuffle {
		w.rng.Shuffle(n, swap)
	}
}

func (w *writer) list(text *bytes.Buffer, open string, n int, end string, item func(i int)) {
	text.WriteString(open)
	for i := range n {
		if i > 0 {
			text.WriteByte(',')
		}
		item(i)
	}
	text.WriteString(end)
}
