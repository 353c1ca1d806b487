package main

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/compare"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// writeComparison writes a comparison in a format. The default is text, which has less unless it is verbose.
func writeComparison(w io.Writer, c *compare.Comparison, book *prices.Book, format string, verbose bool) error {
	if format == "json" {
		return writeComparisonJSON(w, c, book)
	}
	var p document = &textDocument{}
	if format == "markdown" {
		p, verbose = &markdownDocument{}, true
	}
	comparisonPage{p, c, book}.write(verbose)
	_, err := io.WriteString(w, p.String())
	return err
}

// comparisonPage writes a comparison to a document.
type comparisonPage struct {
	document
	c    *compare.Comparison
	book *prices.Book
}

func (p comparisonPage) write(verbose bool) {
	m := p.c.Mesh
	p.title(fmt.Sprintf("%s in %s, called from %s: %s, in %s, %s", count(m.Services, "service"), count(m.Providers, "VPC"), count(m.Consumers, "VPC"),
		count(m.Calls, "call"), count(m.Zones, "zone"), m.Region))
	p.read()
	p.options()
	p.decides()
	p.reasons()
	p.flips()
	p.firstQuotas()
	if verbose {
		p.costs()
		p.prices()
		p.quotas()
	}
	p.traits()
	p.advice()
	p.unknowns()
}

// options is the table of all options.
func (p comparisonPage) options() {
	p.section("options, in " + p.book.Currency + " a month")
	header, numbers := []string{"option", "fits", "fixed", "each GB"}, []bool{false, false, true, true}
	if p.c.Mesh.Usage != nil {
		header, numbers = append(header, "your usage", "total"), append(numbers, true, true)
	}
	var rows [][]string
	for _, w := range p.c.Ways {
		row := []string{string(w.Option.ID), w.Fit.String(), w.Cost.Fixed.String(), perUnit(w.Cost.PerGB)}
		if w.Cost.Total != nil {
			row = append(row, w.Cost.Traffic.String(), w.Cost.Total.String())
		}
		rows = append(rows, row)
	}
	p.table(header, numbers, rows)
	if p.hasDoubt() {
		p.line("? is a price that nobody has verified, or that is not known: --prices FILE gives it")
	}
}

// hasDoubt reports whether an amount has a question mark.
func (p comparisonPage) hasDoubt() bool {
	for _, w := range p.c.Ways {
		if f := w.Cost.Fixed.Add(w.Cost.PerGB); f.IsUnverified() || f.IsMissing() {
			return true
		}
	}
	return false
}

// perUnit is an amount with as many decimals as it needs, up to four.
func perUnit(a prices.Amount) string {
	if a.IsMissing() {
		if a.Rat().Sign() == 0 {
			return "?"
		}
		return "at least " + decimals(a.Rat())
	}
	if a.IsUnverified() {
		return decimals(a.Rat()) + "?"
	}
	return decimals(a.Rat())
}

func decimals(n *big.Rat) string {
	return strings.TrimRight(strings.TrimRight(n.FloatString(4), "0"), ".")
}

func firstQuota(q *compare.Quota, at func(q *compare.Quota) int) string {
	if q == nil {
		return "-"
	}
	return fmt.Sprintf("at %d: %s", at(q), quota(q))
}

func quota(q *compare.Quota) string {
	kind := "by default"
	if q.IsFixed {
		kind = "fixed"
	}
	return fmt.Sprintf("%s (%d, %s)", q.What, q.Limit, kind)
}

// decides is the answer.
func (p comparisonPage) decides() {
	p.section("what decides")
	for _, text := range p.c.Decides {
		p.item(text)
	}
}

// reasons are the findings of each option.
func (p comparisonPage) reasons() {
	p.section("why, and why not")
	for _, w := range p.c.Ways {
		var further []string
		for _, f := range w.Findings {
			text := fmt.Sprintf("%s %s: %s", mark(f.Fit), f.Reason, f.Short)
			if f.Open != "" {
				text += fmt.Sprintf(" (not known: --%s decides)", flagOf(f.Open))
			}
			further = append(further, text)
			for _, e := range f.Evidence {
				further = append(further, "    "+e.String())
			}
		}
		p.item(fmt.Sprintf("%s %s", w.Option.ID, w.Fit), further...)
	}
}

func mark(f compare.Fit) string {
	return map[compare.Fit]string{compare.Fits: "note", compare.Depends: "?", compare.FitsNot: "no"}[f]
}

// flagOf is the flag that answers a question.
func flagOf(q compare.Question) string { return compare.Field{Key: string(q)}.Flag() }

// dimensions are the dimensions with their names.
var dimensions = []struct {
	by   compare.Dimension
	name string
}{{compare.ByServices, "services"}, {compare.ByConsumers, "consumers"}, {compare.ByGB, "GB a month"}}

// flips are where the answer changes.
func (p comparisonPage) flips() {
	p.section("where the answer flips")
	for _, d := range dimensions {
		var parts []string
		for _, r := range p.c.Ranges[d.by] {
			option := string(r.Option)
			if option == "" {
				option = "none fits, or no price is known"
			}
			switch {
			case r.To == nil:
				parts = append(parts, fmt.Sprintf("from %d %s", r.From, option))
			case *r.To == r.From:
				parts = append(parts, fmt.Sprintf("%d %s", r.From, option))
			default:
				parts = append(parts, fmt.Sprintf("%d to %d %s", r.From, *r.To, option))
			}
		}
		p.item(fmt.Sprintf("cheapest that fits, by %s: %s", d.name, strings.Join(parts, "; ")))
	}
	if len(p.c.Breaks) > 0 {
		var rows [][]string
		for _, b := range p.c.Breaks {
			row := []string{string(b.Option)}
			for _, d := range dimensions {
				row = append(row, p.breakAt(b, d.by))
			}
			rows = append(rows, row)
		}
		p.line(fmt.Sprintf("the nearest numbers at which others cost less than %s, whether they fit or not:", p.c.Best))
		p.table([]string{"option", "services", "consumers", "GB a month"}, []bool{false, true, true, true}, rows)
	}
	growth := "further services are in the provider VPCs that there are"
	if p.c.Mesh.EachHasVPC() {
		growth = "each further service has a VPC of its own"
	}
	p.line(fmt.Sprintf("searched up to %d services, %d consumers and %d GB, one number at a time; %s", compare.Largest, compare.Largest, p.c.Mesh.LastGB(), growth))
}

// breakAt is the number of a break: now if it is that of the mesh.
func (p comparisonPage) breakAt(b compare.Break, by compare.Dimension) string {
	n, ok := b.At[by]
	switch m := p.c.Mesh; {
	case !ok:
		return "never"
	case by == compare.ByServices && n == m.Services, by == compare.ByConsumers && n == m.Consumers, by == compare.ByGB && n == m.Gigabytes():
		return "now"
	}
	return strconv.Itoa(n)
}

// costs are what the fixed part is made of, and what is left out.
func (p comparisonPage) costs() {
	p.section(fmt.Sprintf("what the fixed part is made of, with prices of %s and months of %s hours", p.book.AsOf, p.book.HoursPerMonth.RatString()))
	for _, w := range p.c.Ways {
		var lines []string
		for _, l := range w.Cost.Lines {
			lines = append(lines, fmt.Sprintf("%s x %s at %s: %s", l.Count, l.Title, l.Price, l.Amount))
		}
		if len(w.Cost.NotPriced) > 0 {
			lines = append(lines, "not in it: "+strings.Join(w.Cost.NotPriced, "; "))
		}
		p.item(fmt.Sprintf("%s: %s", w.Option.ID, w.Option.Fixed), lines...)
	}
}

// firstQuotas are the quotas that growth exceeds first.
func (p comparisonPage) firstQuotas() {
	p.section("which quota growth hits first")
	var rows [][]string
	for _, w := range p.c.Ways {
		rows = append(rows, []string{
			string(w.Option.ID), firstQuota(w.FirstByServices, func(q *compare.Quota) int { return q.AtServices }),
			firstQuota(w.FirstByConsumers, func(q *compare.Quota) int { return q.AtConsumers }),
		})
	}
	p.table([]string{"option", "by services", "by consumers"}, []bool{false, false, false}, rows)
}

// prices are the prices with their sources.
func (p comparisonPage) prices() {
	p.section("prices")
	var rows [][]string
	for _, price := range p.c.Prices {
		rows = append(rows, []string{p.book.Title(price.Item), price.PerUnit(), string(price.Mark), price.Source, price.Date})
	}
	p.table([]string{"item", "price", "mark", "source", "date"}, []bool{false, false, false, false, false}, rows)
}

// quotas are the quotas of each option with what the mesh needs of them.
func (p comparisonPage) quotas() {
	p.section("quotas")
	var rows [][]string
	for _, w := range p.c.Ways {
		for _, q := range w.Quotas {
			rows = append(rows, []string{string(w.Option.ID), quota(&q), strconv.Itoa(q.Used), orNever(q.AtServices), orNever(q.AtConsumers)})
		}
	}
	p.table([]string{"option", "quota", "needs", "exceeded at services", "at consumers"}, []bool{false, false, true, true, true}, rows)
}

func orNever(n int) string {
	if n == 0 {
		return "never"
	}
	return strconv.Itoa(n)
}

// traits are how options differ otherwise.
func (p comparisonPage) traits() {
	p.section("how they differ otherwise")
	for _, t := range compare.Traits() {
		of := map[string][]string{}
		var texts, lines []string
		for _, o := range compare.Options() {
			text := t.Of[o.ID]
			if of[text] == nil {
				texts = append(texts, text)
			}
			of[text] = append(of[text], string(o.ID))
		}
		for _, text := range texts {
			names := strings.Join(of[text], ", ")
			if len(texts) == 1 {
				names = "all"
			}
			lines = append(lines, names+": "+text)
		}
		p.item(t.Title, lines...)
	}
}

// advice is what others say, and what this says of it.
func (p comparisonPage) advice() {
	if len(p.c.Notes) == 0 {
		return
	}
	p.section("what others advise")
	for _, n := range p.c.Notes {
		verdict := "we disagree: "
		switch {
		case n.Agrees:
			verdict = "we agree: "
		case n.Open:
			verdict = "we cannot tell: "
		}
		p.item(n.Says, "says "+n.Source, verdict+n.We)
	}
}

// read is what was read, with where it is from.
func (p comparisonPage) read() {
	m := p.c.Mesh
	if len(m.Evidence) == 0 {
		return
	}
	p.section("read")
	for _, f := range compare.Fields() {
		var lines []string
		for _, e := range append(m.Evidence[f.Key], m.Answers[compare.Question(f.Key)].Evidence...) {
			lines = append(lines, e.String())
		}
		if len(lines) > 0 {
			p.item(f.Key+": "+m.Value(f), lines...)
		}
	}
}

// unknowns are what was assumed, and what nobody knows.
func (p comparisonPage) unknowns() {
	p.section("not compared")
	p.item(p.c.ResourceEndpoints)
	p.section("assumed, and not known")
	if len(p.c.Mesh.Assumed) > 0 {
		p.item("assumed: " + strings.Join(p.c.Mesh.Assumed, "; "))
	}
	open := p.openQuestions()
	if len(open) > 0 {
		p.item("not known, and options depend on it: " + strings.Join(open, ", "))
	}
	for _, w := range p.c.Warnings {
		p.item("warning: " + w)
	}
	p.item("latency that each option adds: no source has numbers that can be checked, so it decides nothing here")
	p.item("usage is taken as even: capacity units of load balancers are the largest of gigabytes, new and active connections; targets are no Lambda " +
		"functions, whose data takes 2.5 times as many, and a request passes ten listener rules at most, as further ones cost")
}

// openQuestions are the flags that would settle what options depend on, each once.
func (p comparisonPage) openQuestions() (flags []string) {
	seen := map[compare.Question]bool{}
	for _, w := range p.c.Ways {
		for _, f := range w.Findings {
			if f.Open != "" && !seen[f.Open] {
				seen[f.Open] = true
				flags = append(flags, "--"+flagOf(f.Open)+" yes|no")
			}
		}
	}
	return flags
}
