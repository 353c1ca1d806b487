package reachability

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// factsForm is the form of a facts file.
type factsForm struct {
	Schema string `json:"$schema,omitempty"`
	// ZoneIDs are by account and zone name.
	ZoneIDs       map[string]map[string]factValue[string] `json:"zoneIds,omitempty"`
	SubnetZoneIDs map[string]factValue[string]            `json:"subnetZoneIds,omitempty"`
	// ZoneNames are by "account/Region".
	ZoneNames          map[string]factValue[[]string] `json:"zoneNames,omitempty"`
	Parameters         map[string]factValue[string]   `json:"parameters,omitempty"`
	Nested             map[string]factValue[string]   `json:"nestedTemplates,omitempty"`
	Contracts          []string                       `json:"contracts,omitempty"`
	Services           map[string]factValue[string]   `json:"services,omitempty"`
	Certificates       map[string]factValue[[]string] `json:"certificates,omitempty"`
	PrefixLists        map[string]factValue[[]string] `json:"prefixLists,omitempty"`
	LatticePrefixLists map[string]factValue[string]   `json:"latticePrefixLists,omitempty"`
	PublicAddresses    map[string]factValue[[]string] `json:"publicAddresses,omitempty"`
	Connections        map[string]factValue[string]   `json:"connections,omitempty"`
	Verifications      map[string]factValue[string]   `json:"verifications,omitempty"`
	Assumptions        []assumption                   `json:"assumptions,omitempty"`
}

// assumption is something that the proof takes as given, and why.
type assumption struct {
	// ID is one of [Assumptions].
	ID string `json:"id"`
	// Reason says why it holds.
	Reason factValue[string] `json:"reason"`
	// Date is the day on which somebody last made sure of it, such as "2026-11-28".
	Date factValue[string] `json:"date"`
	factQuestion
}

// facts are the facts of a file in a directory.
func (f *factsForm) facts(dir string) *FactsFile {
	facts := Facts{
		ZoneIDs: map[string]string{}, Services: givenValues(f.Services), Certificates: givenValues(f.Certificates),
		ZoneNames: givenValues(f.ZoneNames), PrefixLists: givenValues(f.PrefixLists), LatticePrefixLists: givenValues(f.LatticePrefixLists),
		PublicAddresses: givenValues(f.PublicAddresses), Connections: givenValues(f.Connections), Verifications: givenValues(f.Verifications),
	}
	for account, zones := range f.ZoneIDs {
		for name, id := range givenValues(zones) {
			facts.ZoneIDs[account+"/"+name] = id
		}
	}
	maps.Copy(facts.ZoneIDs, givenValues(f.SubnetZoneIDs))
	for _, a := range f.Assumptions {
		if a.isMade() {
			facts.Assume = append(facts.Assume, a.ID)
		}
	}
	nested := map[string]string{}
	for id, file := range givenValues(f.Nested) {
		nested[id] = fileIn(dir, file)
	}
	var contracts []string
	for _, file := range f.Contracts {
		contracts = append(contracts, fileIn(dir, file))
	}
	return &FactsFile{Facts: facts, Parameters: givenValues(f.Parameters), Nested: nested, Contracts: contracts}
}

// fileIn is a file that a file in a directory names.
func fileIn(dir, file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

// validate reports what is wrong first, in an order that is the same in every run.
func (f *factsForm) validate() error {
	var r rules.Report
	for _, account := range slices.Sorted(maps.Keys(f.ZoneIDs)) {
		if !rules.IsAccountID(account) {
			return fmt.Errorf("zoneIds: %q is not an account ID", account)
		}
		checkZoneIDs(&r, "zoneIds."+account, givenValues(f.ZoneIDs[account]))
	}
	for _, subnet := range slices.Sorted(maps.Keys(f.SubnetZoneIDs)) {
		if !strings.HasPrefix(subnet, "subnet-") {
			return fmt.Errorf("subnetZoneIds: %q is not a subnet ID", subnet)
		}
	}
	checkZoneIDs(&r, "subnetZoneIds", givenValues(f.SubnetZoneIDs))
	names := givenValues(f.ZoneNames)
	for _, where := range slices.Sorted(maps.Keys(names)) {
		if err := CheckZoneNames(where, names[where]); err != nil {
			return fmt.Errorf("zoneNames: %w", err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.PrefixLists)) {
		if !strings.HasPrefix(id, "pl-") {
			return fmt.Errorf("prefixLists: %q is not the ID of a prefix list", id)
		}
		for i, block := range f.PrefixLists[id].value {
			rules.CheckCIDR(&r, fmt.Sprintf("prefixLists.%s[%d]", id, i), block)
		}
	}
	lists := givenValues(f.LatticePrefixLists)
	for _, region := range slices.Sorted(maps.Keys(lists)) {
		if err := CheckLatticePrefixList(region, lists[region]); err != nil {
			return fmt.Errorf("latticePrefixLists: %w", err)
		}
	}
	addresses := givenValues(f.PublicAddresses)
	for _, of := range slices.Sorted(maps.Keys(addresses)) {
		if err := CheckPublicAddresses(addresses[of]); err != nil {
			return fmt.Errorf("publicAddresses.%s: %w", of, err)
		}
	}
	if problems := r.Problems(); len(problems) > 0 {
		return fmt.Errorf("%v", problems[0])
	}
	for i, a := range f.Assumptions {
		if err := a.validate(); err != nil {
			return fmt.Errorf("assumptions[%d]: %w", i, err)
		}
	}
	return nil
}

func checkZoneIDs(r *rules.Report, property string, ids map[string]string) {
	for _, key := range slices.Sorted(maps.Keys(ids)) {
		rules.CheckAvailabilityZoneID(r, property+"."+key, ids[key])
	}
}

// isMade reports whether the assumption is made: without reason and date, it is only asked for.
func (a assumption) isMade() bool { return a.Reason.isGiven && a.Date.isGiven }

func (a assumption) validate() error {
	_, err := time.Parse(time.DateOnly, a.Date.value)
	switch {
	case !IsAssumption(a.ID):
		return fmt.Errorf("%q is not an assumption; want one of %s", a.ID, strings.Join(Assumptions(), ", "))
	case a.Reason.isThere && !a.Reason.isGiven && a.Date.isThere && !a.Date.isGiven:
		return nil // nobody makes it yet
	case strings.TrimSpace(a.Reason.value) == "":
		return errors.New("give a reason")
	case err != nil:
		return fmt.Errorf("the date %q is not of the form 2026-11-28", a.Date.value)
	}
	return nil
}

// CheckZoneNames reports what cannot be in [Facts.ZoneNames]: where is "account/Region".
func CheckZoneNames(where string, names []string) error {
	account, region, ok := strings.Cut(where, "/")
	if !ok || !rules.IsAccountID(account) || region == "" {
		return fmt.Errorf("%q is not ACCOUNT/REGION", where)
	}
	for _, name := range names {
		if len(name) <= len(region) || !strings.HasPrefix(name, region) {
			return fmt.Errorf("%q is not a zone of %s", name, region)
		}
	}
	return nil
}

// CheckLatticePrefixList reports what cannot be in [Facts.LatticePrefixLists].
func CheckLatticePrefixList(region, id string) error {
	var r rules.Report
	rules.CheckRegion(&r, "", region)
	if r.HasErrors() {
		return fmt.Errorf("%q is not a Region", region)
	}
	if !strings.HasPrefix(id, "pl-") {
		return fmt.Errorf("%q is not the ID of a prefix list", id)
	}
	return nil
}

// CheckPublicAddresses reports what cannot be in [Facts.PublicAddresses].
func CheckPublicAddresses(addresses []string) error {
	if len(addresses) == 0 {
		return errors.New("there is no address")
	}
	for _, text := range addresses {
		addr, err := netip.ParseAddr(text)
		if err != nil || !addr.Is4() {
			return fmt.Errorf("%q is not an IPv4 address", text)
		}
		if !network.IsPublicBlock(netip.PrefixFrom(addr, addr.BitLen())) {
			return fmt.Errorf("%q is not a public address", text)
		}
	}
	return nil
}
