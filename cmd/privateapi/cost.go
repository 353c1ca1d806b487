package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const costCommand = "cost"

const costUsage = `privateapi cost [flags] adds up what the resources of templates cost in a month: by stack, by account that pays, or by
resource. Prices are dated, and each has its source. A price that nobody has verified prints "?", and so do the totals that include it.

What it costs
  --usage FILE                        gigabytes, requests and connections of a month, by resource, as docs/costs.md describes.
                                      Without it, charges by usage show their unit price, and are in no total
  --prices FILE                       prices that are missing here, or your own
  --region REGION                     the Region of stacks that have none

Templates and facts, as privateapi prove reads them; repeat as needed. Default: --assembly cdk.out
  --assembly DIR                      a cloud assembly
  --template FILE[=ACCOUNT/REGION]    a template, JSON or YAML, and where it is deployed
  --contract FILE                     the contract of a service whose templates are not here
  --nested [STACK/]ID=FILE            the template of a nested stack
  --facts FILE                        a file with facts, such as the states of connections
  --parameter [STACK.]NAME=VALUE      value of a parameter; @STACK.OUTPUT is the output of another stack
  --service SERVICE-NAME=STACK/ID     endpoint service of a service name: its stack and logical ID
  --limit NAME=NUMBER                 more than the default of files, bytes, values, stages or stacks of a load

Output
  --by stack|account|resource         one line for each. Default: stack
  --format text|json|markdown         Default: text

Exit codes: 0 written, 3 bad input.
`

// maxCostFile is the size of the largest file with usage or prices.
const maxCostFile = 1 << 26

// costFlags are the values of the flags of cost.
type costFlags struct {
	*options
	usage, prices, region, by string
}

// writeCost writes the bill.
func writeCost(args []string, today time.Time) (output writer, code int, err error) {
	o, err := parseCost(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return text(costUsage), exitReachable, nil
	case err != nil:
		return nil, exitBadInput, fmt.Errorf("cost: %w", err)
	}
	model, err := o.facts.LoadWithin(o.limits, o.inputs...)
	if err != nil {
		return nil, exitBadInput, o.explainMissing(err)
	}
	b, err := o.bill(model, today)
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("cost: %w", err)
	}
	by := cost.By(o.by)
	switch o.format {
	case "json":
		return func(w io.Writer) error { return writeCostJSON(w, b, by) }, exitReachable, nil
	case "markdown":
		return text(writeBill(&markdownDocument{}, b, by)), exitReachable, nil
	}
	return text(writeBill(&textDocument{}, b, by)), exitReachable, nil
}

func parseCost(args []string) (*costFlags, error) {
	o := &costFlags{options: newOptions(costCommand)}
	f := flag.NewFlagSet(costCommand, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	o.inputFlags(f)
	f.Func("usage", "", once(&o.usage, "want FILE", isFilled))
	f.Func("prices", "", once(&o.prices, "want FILE", isFilled))
	f.Func("region", "", once(&o.region, "want a Region, such as eu-west-1", func(s string) bool { return holds(rules.CheckRegion, s) }))
	f.Func("by", "", once(&o.by, "want stack, account or resource", func(s string) bool { return slices.Contains(cost.Groupings, cost.By(s)) }))
	f.Func("format", "", once(&o.format, "want text, json or markdown", func(s string) bool { return slices.Contains([]string{"text", "json", "markdown"}, s) }))
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w; privateapi cost -h lists the flags", err)
	case f.NArg() > 0:
		return nil, fmt.Errorf("unexpected argument %q; privateapi cost -h lists the flags", f.Arg(0))
	}
	if o.by == "" {
		o.by = string(cost.ByStack)
	}
	return o, o.readInputs()
}

// bill reads the files with prices and usage, and adds up.
func (o *costFlags) bill(model *reachability.Model, today time.Time) (*cost.Bill, error) {
	facts := o.question.Facts
	with := cost.Options{Prices: prices.Default(), Region: o.region, States: facts.Connections, Services: facts.Services, Today: today}
	if o.prices != "" {
		file, err := limit.ReadFile(o.prices, maxCostFile)
		if err == nil {
			with.Prices, err = with.Prices.With(file)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.prices, err)
		}
	}
	if o.usage != "" {
		file, err := limit.ReadFile(o.usage, maxCostFile)
		if err == nil {
			with.Usage, err = cost.ParseUsage(model.Network(), file)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.usage, err)
		}
	}
	return cost.Of(model.Network(), with)
}
