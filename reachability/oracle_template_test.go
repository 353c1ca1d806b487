package reachability_test

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

// simStyle is how templates are written: none of it changes what they say.
type simStyle struct {
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
	simMap = map[string]any
	simSet []any // a list whose order says nothing
)

// simWriter writes a network as templates.
type simWriter struct {
	n     *simNetwork
	style simStyle
	hole  any // a pointer to the literal that becomes a parameter without a value
	rng   *rand.Rand

	stacks map[string]simMap // templates by stack
	home   map[string]string // the stack of each resource
	stack  string            // where resources are added now
	inputs map[string]*reachability.Input
}

// simLoad writes the templates of a network into a directory and loads them.
func simLoad(dir string, n *simNetwork, style simStyle, hole any) (*reachability.Model, error) {
	w := &simWriter{
		n: n, style: style, hole: hole, rng: rand.New(rand.NewPCG(style.Seed, 1)),
		stacks: map[string]simMap{}, home: map[string]string{}, inputs: map[string]*reachability.Input{},
	}
	w.writeSide(n.consumer)
	w.writeSide(n.provider)
	w.writeProvider()
	w.writeConsumer()
	if style.Stranger {
		w.writeStranger()
	}
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
	if style.Shuffle {
		w.rng.Shuffle(len(inputs), func(i, j int) { inputs[i], inputs[j] = inputs[j], inputs[i] })
	}
	return reachability.Load(inputs...)
}

// simQuestion is the request of the network.
func simQuestion(n *simNetwork, style simStyle) reachability.Question {
	w := &simWriter{n: n, style: style}
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

func (w *simWriter) stackOf(side *simSide, layer string) string {
	switch {
	case w.style.Layers:
		return side.name + layer
	case w.n.sameAccount && !w.style.Split:
		return "Both"
	}
	return side.name
}

// enter makes a stack the one to which resources are added.
func (w *simWriter) enter(side *simSide, layer string) {
	w.stack = w.stackOf(side, layer)
	if w.stacks[w.stack] != nil {
		return
	}
	account := "111111111111"
	if side == w.n.provider && !w.n.sameAccount {
		account = "222222222222"
	}
	w.inputs[w.stack] = &reachability.Input{Name: w.stack, Account: account, Region: "eu-west-1", Parameters: map[string]string{}}
	w.stacks[w.stack] = simMap{"Resources": simMap{}}
	if w.style.Adorn {
		w.stacks[w.stack]["Description"] = "A network for a proof."
	}
}

// section is a section of the template that is written now.
func (w *simWriter) section(name string) simMap {
	template := w.stacks[w.stack]
	if template[name] == nil {
		template[name] = simMap{}
	}
	return template[name].(simMap)
}

// id is the logical ID of what this code calls by another name.
func (w *simWriter) id(name string) string {
	if !w.style.Rename {
		return name
	}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d %s", w.style.Seed, name)
	return fmt.Sprintf("R%X", h.Sum64())
}

// add adds a resource.
func (w *simWriter) add(name, kind string, properties simMap) {
	w.home[name] = w.stack
	r := simMap{"Type": kind, "Properties": properties}
	if w.style.Adorn {
		r["Metadata"] = simMap{"Owner": "team " + name}
		w.adorn(kind, properties)
	}
	w.section("Resources")[w.id(name)] = r
}

func (w *simWriter) adorn(kind string, properties simMap) {
	switch kind {
	case "AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::SecurityGroup", "AWS::EC2::NetworkAcl", "AWS::ECS::Service",
		"AWS::EC2::Instance", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::TargetGroup":
		properties["Tags"] = simSet{simMap{"Key": "Name", "Value": kind}, simMap{"Key": "Stage", "Value": "443"}}
	case "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress":
		properties["Description"] = "from 0.0.0.0/0:443"
	}
}

// ref and att refer to a resource, through an export where it is in another stack.
func (w *simWriter) ref(name string) any { return w.export(name, simMap{"Ref": w.id(name)}) }

func (w *simWriter) att(name, attribute string) any {
	return w.export(name, simMap{"Fn::GetAtt": []any{w.id(name), attribute}})
}

func (w *simWriter) export(name string, value simMap) any {
	home := w.home[name]
	if home == w.stack {
		return value
	}
	here := w.stack
	defer func() { w.stack = here }()
	w.stack = home
	output := fmt.Sprintf("Export%d", len(w.section("Outputs")))
	w.section("Outputs")[output] = simMap{"Value": value, "Export": simMap{"Name": home + ":" + output}}
	return simMap{"Fn::ImportValue": home + ":" + output}
}

// literal is a value of the network, or the parameter that stands for it. Numbers may be text.
func literal[T any](w *simWriter, at *T, value any) any {
	kind := "String"
	number, isNumber := value.(int)
	if isNumber {
		kind = "Number"
	}
	if w.hole == any(at) {
		w.section("Parameters")["Hole"] = simMap{"Type": kind}
		return simMap{"Ref": "Hole"}
	}
	if isNumber && w.style.Verbose {
		value = fmt.Sprint(number)
	}
	if w.style.Indirect {
		return w.indirect(kind, value)
	}
	return value
}

// indirect is a value in one of the ways in which templates say it elsewhere.
func (w *simWriter) indirect(kind string, value any) any {
	switch name := fmt.Sprintf("P%d", len(w.section("Parameters"))); w.rng.IntN(4) {
	case 0:
		w.section("Parameters")[name] = simMap{"Type": kind, "Default": value}
		return simMap{"Ref": name}
	case 1:
		w.section("Parameters")["Stage"] = simMap{"Type": "String", "Default": "prod"}
		w.section("Conditions")["IsProd"] = simMap{"Fn::Equals": []any{simMap{"Ref": "Stage"}, "prod"}}
		return simMap{"Fn::If": []any{"IsProd", value, simMap{"Ref": "AWS::NoValue"}}}
	case 2:
		name = fmt.Sprintf("Key%d", len(w.section("Mappings")))
		w.section("Mappings")[name] = simMap{"eu-west-1": simMap{"Value": value}, "us-east-1": simMap{"Value": "other"}}
		return simMap{"Fn::FindInMap": []any{name, simMap{"Ref": "AWS::Region"}, "Value"}}
	}
	return value
}

// encode writes JSON, with keys in some order.
func (w *simWriter) encode(text *bytes.Buffer, v any) {
	switch v := v.(type) {
	case simMap:
		keys := slices.Sorted(maps.Keys(v))
		w.shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		w.list(text, "{", len(keys), "}", func(i int) {
			w.encode(text, keys[i])
			text.WriteByte(':')
			w.encode(text, v[keys[i]])
		})
	case simSet:
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

func (w *simWriter) shuffle(n int, swap func(i, j int)) {
	if w.style.Shuffle {
		w.rng.Shuffle(n, swap)
	}
}

func (w *simWriter) list(text *bytes.Buffer, open string, n int, end string, item func(i int)) {
	text.WriteString(open)
	for i := range n {
		if i > 0 {
			text.WriteByte(',')
		}
		item(i)
	}
	text.WriteString(end)
}
