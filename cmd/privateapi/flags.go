package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const defaultAssembly = "cdk.out"

const proveUsage = `privateapi prove [flags] proves each client's path to each API hop by hop, or names the hop that blocks it.

Templates; repeat as needed. Default: --assembly cdk.out
  --assembly DIR                      a cloud assembly
  --template FILE[=ACCOUNT/REGION]    a template, JSON or YAML, and where it is deployed
  --contract FILE                     the contract of a service whose templates are not here
  --nested [STACK/]ID=FILE            the template of a nested stack

Facts that no template has; repeat as needed
  --facts FILE                        a file with facts; default: privateapi.facts.json, if it exists here
  --parameter [STACK.]NAME=VALUE      value of a parameter; @STACK.OUTPUT is the output of another stack
  --zone ACCOUNT/NAME=ID              ID of an Availability Zone: 111111111111/eu-west-1a=euw1-az1
  --zone SUBNET-ID=ID                 ID of a subnet's Availability Zone: subnet-0123456789abcdef0=euw1-az1
  --zone-names ACCOUNT/REGION=A,B     zones that Fn::GetAZs returns, in its order: 111111111111/eu-west-1=eu-west-1a,eu-west-1b
  --service SERVICE-NAME=STACK/ID     endpoint service of a service name: its stack and logical ID
  --service SERVICE-ARN=STACK/ID      service of VPC Lattice of an ARN: its stack and logical ID
  --certificate ARN=NAME,NAME         names that a certificate covers, if no template defines it
  --prefix-list PL-ID=CIDR,CIDR       CIDR blocks of a prefix list, if no template defines it
  --lattice-prefix-list REGION=PL-ID  prefix list of VPC Lattice in a Region, com.amazonaws.<region>.vpc-lattice
  --public-address NAME=A,B           public addresses of a NAT gateway or an Elastic IP address, by STACK/ID or by its ID in AWS
  --assume ID                         assume something; an unknown hop or a notice names the ID

What to prove. Default: everything
  --client CLIENT                     construct path, logical ID, or STACK/ID
  --domain NAME                       name that the client calls
  --port NUMBER                       port that the client calls
  --path PATH                         path that the client calls

What it may cost
  --limit NAME=NUMBER                 more than the default of files, bytes, values, stages or stacks of a load,
                                      or of questions, steps or hops of a proof; repeat as needed

Output. Default: text
  --json                              the whole report
  --sarif                             SARIF 2.1.0, for code scanning
  --mermaid                           a flowchart
  --verbose                           text with every hop of every path, and every exposure

Exit codes: 0 reachable, 1 blocked or an error found, 3 bad input, 4 unknown or nothing to prove.
`

// options are the values of the flags of prove.
type options struct {
	inputs   []reachability.Input
	question reachability.Question
	limits   reachability.Limits
	format   string // "json", "sarif" or "mermaid"; empty for text
	verbose  bool
	help     bool

	contracts  []reachability.Input
	parameters map[string]string
	nested     map[string]string
	isDefault  bool // whether the assembly is the default one
	factsFile  string
	facts      *reachability.FactsFile
	command    string
	graph      graphOptions
}

// parse reads the flags of prove.
func parse(args []string) (*options, error) { return parseFor("prove", args) }

// parseFor reads the flags of a command, which has those of prove.
func parseFor(command string, args []string) (*options, error) {
	o := newOptions(command)
	flags, formats := o.flags()
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		o.help = true
		return o, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w; privateapi %[1]s -h lists the flags", command, err)
	case flags.NArg() > 0:
		return nil, fmt.Errorf("%s: unexpected argument %q; privateapi %[1]s -h lists the flags", command, flags.Arg(0))
	}
	for _, name := range []string{"json", "sarif", "mermaid"} {
		switch {
		case formats[name] == nil || !*formats[name]:
		case o.format != "":
			return nil, fmt.Errorf("%s: --%s and --%s: choose one", command, o.format, name)
		default:
			o.format = name
		}
	}
	o.question.Domain = strings.ToLower(strings.TrimSuffix(o.question.Domain, ".")) // as DNS compares names
	if err := o.readInputs(); err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	return o, nil
}

func newOptions(command string) *options {
	o := &options{command: command, parameters: map[string]string{}, nested: map[string]string{}}
	o.question.Facts.ZoneIDs, o.question.Facts.Services = map[string]string{}, map[string]string{}
	o.question.Facts.Certificates = map[string][]string{}
	o.question.Facts.LatticePrefixLists, o.question.Facts.PublicAddresses = map[string]string{}, map[string][]string{}
	o.question.Facts.PrefixLists, o.question.Facts.ZoneNames = map[string][]string{}, map[string][]string{}
	return o
}

// readInputs reads the facts file and completes the inputs that the flags name.
func (o *options) readInputs() error {
	if err := o.readFacts(); err != nil {
		return err
	}
	if len(o.inputs) == 0 {
		o.inputs, o.isDefault = []reachability.Input{reachability.Assembly(defaultAssembly)}, true
	}
	for i := range o.inputs {
		o.inputs[i].Parameters, o.inputs[i].Nested = o.parameters, o.nested // Load rejects one that no stack has
	}
	o.inputs = append(o.inputs, o.contracts...)
	return nil
}

// readFacts reads the facts file, if there is one. What flags say comes first.
func (o *options) readFacts() error {
	o.facts = &reachability.FactsFile{}
	isGiven := o.factsFile != ""
	if !isGiven {
		o.factsFile = reachability.FactsFileName
	}
	if _, err := os.Stat(o.factsFile); errors.Is(err, fs.ErrNotExist) && (!isGiven || o.command == factsCommand) {
		return nil
	}
	file, err := reachability.LoadFacts(o.factsFile)
	if err != nil {
		return err
	}
	o.facts = file
	o.question.Facts = file.Facts.With(o.question.Facts)
	return nil
}

func (o *options) flags() (flags *flag.FlagSet, formats map[string]*bool) {
	f := flag.NewFlagSet(o.command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	o.inputFlags(f)
	f.Func("zone", "", pairs(o.question.Facts.ZoneIDs, "ACCOUNT/NAME=ID or SUBNET-ID=ID, such as 111111111111/eu-west-1a=euw1-az1", isZone, isZoneID))
	f.Func("zone-names", "", o.addZoneNames)
	f.Func("certificate", "", o.addCertificate)
	f.Func("prefix-list", "", o.addPrefixList)
	f.Func("lattice-prefix-list", "", o.addLatticePrefixList)
	f.Func("public-address", "", o.addPublicAddresses)
	f.Func("assume", "", o.addAssumption)
	f.Func("client", "", once(&o.question.Client, "", isAnything))
	f.Func("domain", "", once(&o.question.Domain, "want a name only, such as api.example.com", isName))
	f.Func("port", "", o.setPort)
	f.Func("path", "", once(&o.question.Path, `want a path that begins with "/"`, isPath))
	formats = map[string]*bool{}
	if o.command == graphCommand {
		o.graph.flags(f)
		return f, formats
	}
	f.BoolVar(&o.verbose, "verbose", false, "")
	for _, name := range []string{"json", "sarif", "mermaid"} {
		formats[name] = f.Bool(name, false, "")
	}
	return f, formats
}

// inputFlags adds the flags of every command that reads templates.
func (o *options) inputFlags(f *flag.FlagSet) {
	f.Func("assembly", "", o.addAssembly)
	f.Func("template", "", o.addTemplate)
	f.Func("facts", "", once(&o.factsFile, "", isAnything))
	f.Func("parameter", "", pairs(o.parameters, "[STACK.]NAME=VALUE", isAnything, isAnything))
	f.Func("contract", "", func(file string) error {
		o.contracts = append(o.contracts, reachability.Contract(file))
		return nil
	})
	f.Func("nested", "", pairs(o.nested, "[STACK/]LOGICALID=FILE", isFilled, isFilled))
	f.Func("service", "", pairs(o.question.Facts.Services, "SERVICE-NAME=STACK/LOGICALID", isFilled, isStackAndID))
	f.Func("limit", "", o.addLimit)
}

func (o *options) addAssembly(dir string) error {
	if dir == "" {
		return errors.New("want DIR")
	}
	o.inputs = append(o.inputs, reachability.Assembly(dir))
	return nil
}

var environment = regexp.MustCompile(`^(.+)=([^=/]+)/([^=/]+)$`)

func (o *options) addTemplate(s string) error {
	want := errors.New("want FILE=ACCOUNT/REGION, such as Pricing.json=222222222222/eu-west-1, or FILE alone")
	in := reachability.Template(s)
	if m := environment.FindStringSubmatch(s); m != nil && rules.IsAccountID(m[2]) && holds(rules.CheckRegion, m[3]) {
		in = reachability.Input{Template: m[1], Account: m[2], Region: m[3]}
	} else if _, err := os.Stat(s); s == "" || strings.Contains(s, "=") && err != nil {
		return want // unless the name of the file has an equals sign
	}
	o.inputs = append(o.inputs, in)
	return nil
}

func (o *options) addCertificate(s string) error {
	arn, names, _ := strings.Cut(s, "=")
	list := strings.Split(names, ",")
	if _, ok := rules.ParseCertificateARN(arn); !ok || slices.ContainsFunc(list, func(name string) bool { return name == "" || !isName(name) }) {
		return errors.New("want ARN=NAME,NAME, such as arn:aws:acm:eu-west-1:222222222222:certificate/0a1b=api.example.com")
	}
	o.question.Facts.Certificates[arn] = append(o.question.Facts.Certificates[arn], list...)
	return nil
}

func (o *options) addZoneNames(s string) error {
	where, names, _ := strings.Cut(s, "=")
	list := strings.Split(names, ",")
	if err := reachability.CheckZoneNames(where, list); err != nil {
		return errors.New("want ACCOUNT/REGION=NAME,NAME, such as 111111111111/eu-west-1=eu-west-1a,eu-west-1b")
	}
	if before, ok := o.question.Facts.ZoneNames[where]; ok && !slices.Equal(before, list) {
		return fmt.Errorf("%s is given twice, also as %q", where, strings.Join(before, ","))
	}
	o.question.Facts.ZoneNames[where] = list
	return nil
}

func (o *options) addPrefixList(s string) error {
	id, blocks, _ := strings.Cut(s, "=")
	list := strings.Split(blocks, ",")
	if !prefixListID.MatchString(id) || slices.ContainsFunc(list, func(block string) bool { return !holds(rules.CheckCIDR, block) }) {
		return errors.New("want PL-ID=CIDR,CIDR, such as pl-0123456789abcdef0=10.1.0.0/24")
	}
	if before, ok := o.question.Facts.PrefixLists[id]; ok && !slices.Equal(before, list) {
		return fmt.Errorf("%s is given twice, also as %q", id, strings.Join(before, ","))
	}
	o.question.Facts.PrefixLists[id] = list
	return nil
}

func (o *options) addLatticePrefixList(s string) error {
	region, id, _ := strings.Cut(s, "=")
	if !prefixListID.MatchString(id) || reachability.CheckLatticePrefixList(region, id) != nil {
		return errors.New("want REGION=PL-ID, such as eu-west-1=pl-0123456789abcdef0")
	}
	if before, ok := o.question.Facts.LatticePrefixLists[region]; ok && before != id {
		return fmt.Errorf("%s is given twice, also as %q", region, before)
	}
	o.question.Facts.LatticePrefixLists[region] = id
	return nil
}

func (o *options) addPublicAddresses(s string) error {
	of, addresses, _ := strings.Cut(s, "=")
	list := strings.Split(addresses, ",")
	if of == "" || reachability.CheckPublicAddresses(list) != nil {
		return errors.New("want NAME=ADDRESS,ADDRESS with public IPv4 addresses, such as Checkout/Eip=203.0.113.7")
	}
	if before, ok := o.question.Facts.PublicAddresses[of]; ok && !slices.Equal(before, list) {
		return fmt.Errorf("%s is given twice, also as %q", of, strings.Join(before, ","))
	}
	o.question.Facts.PublicAddresses[of] = list
	return nil
}

func (o *options) addAssumption(id string) error {
	if !reachability.IsAssumption(id) {
		return errors.New("want one of " + strings.Join(reachability.Assumptions(), ", "))
	}
	o.question.Facts.Assume = append(o.question.Facts.Assume, id)
	return nil
}

func (o *options) setPort(s string) error {
	port, err := strconv.Atoi(s)
	switch {
	case o.question.Port != 0:
		return errors.New("given twice")
	case err != nil || port < 1 || port > 65535:
		return errors.New("want a port between 1 and 65535")
	}
	o.question.Port = port
	return nil
}

// once sets a string once. It rejects "": a script with an unset variable must not ask about everything.
func once(text *string, want string, takes func(string) bool) func(string) error {
	return func(s string) error {
		switch {
		case s == "":
			return errors.New("is empty; omit the flag to ask about all")
		case !takes(s):
			return errors.New(want)
		case *text != "":
			return errors.New("given twice")
		}
		*text = s
		return nil
	}
}

// pairs adds KEY=VALUE to a map.
func pairs(to map[string]string, form string, isKey, isValue func(string) bool) func(string) error {
	return func(s string) error {
		key, value, ok := strings.Cut(s, "=")
		if !ok || key == "" || !isKey(key) || !isValue(value) {
			return errors.New("want " + form)
		}
		if before, ok := to[key]; ok && before != value {
			return fmt.Errorf("%s is given twice, also as %q", key, before)
		}
		to[key] = value
		return nil
	}
}

func isAnything(string) bool { return true }

func isName(s string) bool { return !strings.ContainsAny(s, ":/ ") }

func isPath(s string) bool { return strings.HasPrefix(s, "/") }

func isFilled(s string) bool { return s != "" }

func isZoneID(s string) bool { return holds(rules.CheckAvailabilityZoneID, s) }

func isStackAndID(s string) bool {
	at := strings.LastIndexByte(s, '/')
	return at > 0 && at < len(s)-1
}

var prefixListID = regexp.MustCompile(`^pl-[0-9a-f]+$`)

var subnetID = regexp.MustCompile(`^subnet-[0-9a-f]+$`)

func isZone(s string) bool {
	account, name, ok := strings.Cut(s, "/")
	return subnetID.MatchString(s) || ok && rules.IsAccountID(account) && name != "" && !strings.Contains(name, "/")
}

// holds reports whether a check of package rules accepts a value.
func holds(check func(r *rules.Report, property, value string), value string) bool {
	var r rules.Report
	check(&r, "", value)
	return len(r.Problems()) == 0
}

// explainMissing adds what to do if the default assembly does not exist.
func (o *options) explainMissing(err error) error {
	if _, missing := os.Stat(defaultAssembly); o.isDefault && errors.Is(missing, fs.ErrNotExist) {
		return fmt.Errorf("%s: no %s here: run cdk synth, or use --assembly DIR or --template FILE", o.command, defaultAssembly)
	}
	return fmt.Errorf("%s: %w", o.command, withFlag(err))
}
