package compare

import (
	"fmt"
	"slices"
	"strings"
)

// decides says what decides between the options, in sentences.
func (c *Comparison) decides() []string {
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	var fitting, priced, out []string
	for _, w := range c.Ways {
		switch w.Fit {
		case Fits:
			fitting = append(fitting, string(w.Option.ID))
			if !w.Cost.total().IsMissing() {
				priced = append(priced, string(w.Option.ID))
			}
		case FitsNot:
			out = append(out, fmt.Sprintf("%s (%s)", w.Option.ID, w.Findings[0].Reason))
		}
	}
	if len(out) > 0 {
		say("out: %s", strings.Join(out, ", "))
	}
	switch best := c.Way(c.Best); {
	case len(out) == len(c.Ways):
		say("no option fits: what rules them out must change")
	case len(fitting) == 0:
		say("no option fits without a condition: what the others depend on decides")
	case best == nil:
		say("the price of no option that fits is known: %s", strings.Join(fitting, ", "))
	case len(fitting) == 1:
		say("%s is the only option that fits without a condition", best.Option.ID)
	case len(priced) == 1:
		say("%s is the only option that fits and whose price is known: %s", best.Option.ID, c.amount(best))
	default:
		say("%s costs the least of the %d options that fit%s: %s", best.Option.ID, len(priced), whosePrice(len(priced) < len(fitting)), c.amount(best))
		switch second := c.second(); {
		case second == nil:
		case less(second.Cost.total(), best.Cost.total()) == 0:
			say("%s costs the same", second.Option.ID)
		default:
			say("%s is next, at %s", second.Option.ID, c.amount(second))
		}
	}
	if w := c.Way(c.BestIf); w != nil {
		var on []string
		for _, f := range w.Findings {
			if f.Fit == Depends {
				on = append(on, string(f.Reason))
			}
		}
		if c.Best == "" {
			say("%s costs the least of those that depend on something: %s; it depends on: %s", w.Option.ID, c.amount(w), strings.Join(on, ", "))
		} else {
			say("%s would cost less, %s, and depends on: %s", w.Option.ID, c.amount(w), strings.Join(on, ", "))
		}
	}
	for _, w := range c.Ways {
		if w.Fit == Fits && w.Cost.total().IsMissing() {
			say("%s fits, but a price of it is not known, so it is not ranked: give it with --prices FILE", w.Option.ID)
		}
	}
	return said
}

// whosePrice says that only options with a known price are ranked.
func whosePrice(someAreNotKnown bool) string {
	if someAreNotKnown {
		return " and whose price is known"
	}
	return ""
}

// ranked are the options that the best one is the best of, in words.
func (c *Comparison) ranked() string {
	return "what fits" + whosePrice(slices.ContainsFunc(c.Ways, func(w Way) bool { return w.Fit == Fits && w.Cost.total().IsMissing() }))
}

func (c *Comparison) amount(w *Way) string {
	if w.Cost.Total != nil {
		return w.Cost.Total.String() + " a month"
	}
	return w.Cost.Fixed.String() + " a month without traffic"
}

// second is the next option that fits, by cost.
func (c *Comparison) second() *Way {
	for _, w := range c.ByCost() {
		if w.Fit == Fits && w.Option.ID != c.Best && !w.Cost.total().IsMissing() {
			return &w
		}
	}
	return nil
}
