package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// file is a file of prices.
type file struct {
	Version       int             `json:"version"`
	Currency      string          `json:"currency"`
	AsOf          string          `json:"asOf"`
	HoursPerMonth json.Number     `json:"hoursPerMonth"`
	Items         map[string]item `json:"items"`
}

type item struct {
	Title     string           `json:"title"`
	Unit      string           `json:"unit"`
	Offer     string           `json:"offer,omitempty"`
	UsageType string           `json:"usageType,omitempty"`
	Operation string           `json:"operation,omitempty"`
	Regions   map[string]price `json:"regions"`
}

type price struct {
	Price  string `json:"price,omitempty"`
	Tiers  []tier `json:"tiers,omitempty"`
	Mark   string `json:"mark"`
	Source string `json:"source"`
	Date   string `json:"date,omitempty"`
}

type tier struct {
	UpTo  json.Number `json:"upTo,omitempty"`
	Price string      `json:"price"`
	Mark  string      `json:"mark,omitempty"`
}

// source is that of prices of the Price List.
const source = "AWS Price List"

// update is a file of prices with those of offers, and what changed, or was left open.
func update(text []byte, month string, offers [][]byte) (updated []byte, changes []string, err error) {
	var f file
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, nil, err
	}
	f.AsOf = month
	for i, text := range offers {
		o, err := readOffer(text)
		if err != nil {
			return nil, nil, fmt.Errorf("file %d: %w", i+1, err)
		}
		for _, name := range slices.Sorted(maps.Keys(f.Items)) {
			of := f.Items[name]
			if of.Offer != o.OfferCode || of.UsageType == "" {
				continue
			}
			found, open, err := o.priced(of.UsageType, of.Operation, strings.HasPrefix(of.Unit, "million "))
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", o.OfferCode, err)
			}
			for _, region := range open {
				changes = append(changes, fmt.Sprintf("%s in %s: the Price List has several prices, and the file keeps its own", name, region))
			}
			for _, region := range slices.Sorted(maps.Keys(found)) {
				changes = append(changes, of.set(name, region, found[region], o.date())...)
			}
		}
	}
	updated = f.write()
	if _, err := prices.Default().With(updated); err != nil {
		return nil, nil, fmt.Errorf("the result is not a file of prices: %w", err)
	}
	return updated, changes, nil
}

// set sets the price of a Region, and says what changed of its amount.
func (i item) set(name, region string, tiers []tier, date string) []string {
	before, has := i.Regions[region]
	p := price{Mark: string(prices.Quoted), Source: source, Date: date, Tiers: tiers}
	if len(tiers) == 1 {
		p.Price, p.Tiers = tiers[0].Price, nil
	}
	i.Regions[region] = p
	switch {
	case !has:
		return []string{fmt.Sprintf("%s in %s: %s, new", name, region, p)}
	case p.String() != before.String():
		return []string{fmt.Sprintf("%s in %s: %s, was %s", name, region, p, before)}
	case before.Mark != p.Mark:
		return []string{fmt.Sprintf("%s in %s: %s, now quoted", name, region, p)}
	}
	return nil
}

func (p price) String() string {
	var parts []string
	above := ""
	for _, t := range p.Tiers {
		parts = append(parts, t.Price+above)
		above = " above " + t.UpTo.String()
	}
	return cmp.Or(p.Price, strings.Join(parts, ", "), "?")
}

// write writes a file with one line for each price, sorted.
func (f file) write() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"version\": %d,\n  \"currency\": %s,\n  \"asOf\": %s,\n  \"hoursPerMonth\": %s,\n  \"items\": {\n",
		f.Version, line(f.Currency), line(f.AsOf), f.HoursPerMonth)
	names := slices.Sorted(maps.Keys(f.Items))
	for n, name := range names {
		i := f.Items[name]
		fmt.Fprintf(&b, "    %s: {\n", line(name))
		for _, field := range [][2]string{{"title", i.Title}, {"unit", i.Unit}, {"offer", i.Offer}, {"usageType", i.UsageType}, {"operation", i.Operation}} {
			if field[1] != "" {
				fmt.Fprintf(&b, "      %s: %s,\n", line(field[0]), line(field[1]))
			}
		}
		b.WriteString("      \"regions\": {\n")
		regions := slices.Sorted(maps.Keys(i.Regions))
		for r, region := range regions {
			fmt.Fprintf(&b, "        %s: %s%s\n", line(region), line(i.Regions[region]), comma(r, regions))
		}
		fmt.Fprintf(&b, "      }\n    }%s\n", comma(n, names))
	}
	b.WriteString("  }\n}\n")
	return b.Bytes()
}

// comma is what follows all elements of a list but the last.
func comma(i int, list []string) string {
	if i < len(list)-1 {
		return ","
	}
	return ""
}

// line is a value as JSON on one line, with a space after each colon and comma.
func line(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(value); err != nil {
		panic(err) // none of these types fails
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	var out strings.Builder
	for i, l := range lines {
		l = strings.TrimLeft(l, " ")
		if i > 0 && strings.HasSuffix(lines[i-1], ",") {
			out.WriteByte(' ')
		}
		out.WriteString(l)
	}
	return out.String()
}
