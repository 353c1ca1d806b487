package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// offer is a file of the Price List: products, and what they cost on demand.
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
type offer struct {
	OfferCode       string             `json:"offerCode"`
	PublicationDate string             `json:"publicationDate"`
	Products        map[string]product `json:"products"`
	Terms           struct {
		OnDemand map[string]map[string]term `json:"OnDemand"`
	} `json:"terms"`
}

type product struct {
	Attributes struct {
		RegionCode string `json:"regionCode"`
		UsageType  string `json:"usagetype"`
		Operation  string `json:"operation"`
	} `json:"attributes"`
}

type term struct {
	PriceDimensions map[string]dimension `json:"priceDimensions"`
}

// dimension is one tier of a price.
type dimension struct {
	BeginRange   string            `json:"beginRange"`
	EndRange     string            `json:"endRange"`
	PricePerUnit map[string]string `json:"pricePerUnit"`
}

func readOffer(text []byte) (*offer, error) {
	o := &offer{}
	if err := json.Unmarshal(text, o); err != nil {
		return nil, err
	}
	if o.OfferCode == "" || len(o.PublicationDate) < len("2006-01-02") || len(o.Products) == 0 {
		return nil, fmt.Errorf("not a file of the Price List: it has no offerCode, publicationDate or products")
	}
	return o, nil
}

func (o *offer) date() string { return o.PublicationDate[:len("2006-01-02")] }

// regionPrefix is what usage types of a Region begin with: EU-, EUC1-, APN1-, USW2-; those of us-east-1 have none, or USE1-.
var regionPrefix = regexp.MustCompile(`^[A-Z]{2,4}[0-9]?-`)

// isUsage reports whether a product is of a usage type in its Region.
func (p product) isUsage(usageType string) bool {
	own := p.Attributes.UsageType
	return own == usageType || regionPrefix.ReplaceAllString(own, "") == usageType || strings.TrimPrefix(own, p.Attributes.RegionCode+"-") == usageType
}

// priced are the prices of a usage type, by Region. A Region with several products that cost differently is not in it, but
// in open.
func (o *offer) priced(usageType, operation string, million bool) (found map[string][]tier, open []string, err error) {
	found = map[string][]tier{}
	differing := map[string]bool{}
	for sku, p := range o.Products {
		region := p.Attributes.RegionCode
		if region == "" || !p.isUsage(usageType) || operation != "" && p.Attributes.Operation != operation {
			continue
		}
		for _, t := range o.Terms.OnDemand[sku] {
			tiers, err := t.tiers(million)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", sku, err)
			}
			if before, ok := found[region]; ok && !slices.Equal(before, tiers) {
				differing[region] = true
			}
			found[region] = tiers
		}
	}
	for region := range differing {
		delete(found, region)
		open = append(open, region)
	}
	slices.Sort(open)
	return found, open, nil
}

// tiers are the tiers of a term, in order.
func (t term) tiers(million bool) ([]tier, error) {
	type step struct {
		begin *big.Rat
		tier  tier
	}
	var steps []step
	factor := big.NewRat(1, 1)
	if million {
		factor.SetInt64(1_000_000)
	}
	for _, d := range t.PriceDimensions {
		begin, ok := new(big.Rat).SetString(d.BeginRange)
		price, isPrice := new(big.Rat).SetString(d.PricePerUnit["USD"])
		if !ok || !isPrice {
			return nil, fmt.Errorf("has no price in USD from %q on", d.BeginRange)
		}
		s := step{begin: begin, tier: tier{Price: exact(price.Mul(price, factor))}}
		if d.EndRange != "Inf" {
			end, ok := new(big.Rat).SetString(d.EndRange)
			if !ok {
				return nil, fmt.Errorf("ends at %q", d.EndRange)
			}
			s.tier.UpTo = json.Number(exact(end.Quo(end, factor)))
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("has no prices")
	}
	slices.SortFunc(steps, func(a, b step) int { return a.begin.Cmp(b.begin) })
	var tiers []tier
	for _, s := range steps {
		tiers = append(tiers, s.tier)
	}
	return tiers, nil
}

// exact is a decimal without zeros at its end.
func exact(r *big.Rat) string {
	text := r.FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
