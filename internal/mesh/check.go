package mesh

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Check reports all that is wrong with a declaration, each under the path of its field.
func (d *Declaration) Check(r *rules.Report) {
	if d.Version != 0 && d.Version != Version {
		r.Add(rules.MeshVersion, "version", "is %d", d.Version)
		return
	}
	checkText(r, "region", "set the Region of the mesh, such as eu-west-1", d.Region, rules.CheckRegion)
	c := &checker{r: r, d: d, tiers: names{}, providers: names{}, services: names{}, consumers: names{}}
	c.checkTiers()
	c.checkProviders()
	c.checkServices()
	c.checkConsumers()
	c.checkTeams()
	c.checkCycles()
	c.checkPartNames()
	if !r.HasErrors() {
		c.checkPlan()
	}
}

// checker checks a declaration.
type checker struct {
	r                                     *rules.Report
	d                                     *Declaration
	tiers, providers, services, consumers names
}

// names are the declared names of one kind: the index of each in its list.
type names map[string]int

// declare checks a name, and that no other of its kind has it.
func (c *checker) declare(kind names, list string, i int, name string) {
	path := jsondoc.Join(jsondoc.At(list, i), "name")
	if name == "" {
		c.r.AddWithFix(rules.Required, path, "give it a name", "is missing")
		return
	}
	rules.CheckMeshName(c.r, path, name) // not even a token: stacks are named after it
	if other, isTwice := kind[name]; isTwice {
		c.r.Add(rules.MeshNameTwice, path, "%q is the name of %s too", name, jsondoc.At(list, other))
		return
	}
	kind[name] = i
}

// refer checks a name that is declared elsewhere.
func (c *checker) refer(kind names, path, fix, name string) (i int, ok bool) {
	if name == "" {
		c.r.AddWithFix(rules.Required, path, fix, "is missing")
		return 0, false
	}
	if i, ok = kind[name]; ok {
		return i, true
	}
	var all []string
	for declared := range kind {
		all = append(all, declared)
	}
	Undeclared(c.r, path, &name, all)
	return 0, false
}

// Undeclared reports a name that is missing, or that is none of those that are declared.
func Undeclared(r *rules.Report, property string, name *string, declared []string) {
	if name == nil {
		r.AddWithFix(rules.Required, property, "supply the name that the mesh declares", "is missing")
		return
	}
	slices.Sort(declared)
	r.Add(rules.MeshUndeclared, property, "%q is not declared%s", *name, suggestion(*name, declared))
}

// suggestion says which name may be meant.
func suggestion(name string, names []string) string {
	similar := nearest.Names(name, names)
	if len(similar) == 0 {
		return ""
	}
	for i, other := range similar {
		similar[i] = fmt.Sprintf("%q", other)
	}
	return "; did you mean " + strings.Join(similar, " or ") + "?"
}

// checkText checks a text that must be set. A text that is a token is not checked.
func checkText(r *rules.Report, path, fix, text string, accept jsondoc.Check) bool {
	if text == "" {
		r.AddWithFix(rules.Required, path, fix, "is missing")
		return false
	}
	if jsondoc.IsKnown(text) {
		accept(r, path, text)
	}
	return true
}

// element reports an element of a list that is nil.
func (c *checker) element(list string, i int, isNil bool) (path string, ok bool) {
	path = jsondoc.At(list, i)
	if isNil {
		c.r.AddWithFix(rules.Required, path, "remove the empty element", "is missing")
	}
	return path, !isNil
}

func (c *checker) checkTiers() {
	if len(c.d.Tiers) == 0 {
		c.r.AddWithFix(rules.Required, "tiers", "declare a tier: all services may be in one", "is missing")
	}
	for i, tier := range c.d.Tiers {
		path, ok := c.element("tiers", i, tier == nil)
		if !ok {
			continue
		}
		c.declare(c.tiers, "tiers", i, tier.Name)
		checkText(c.r, path+".transport", "set privatelink or lattice", tier.Transport, checkTransport)
		c.checkStackName(path, tier.Name)
		if tier.Capacity < 0 || tier.Capacity > maxCapacity {
			c.r.AddWithFix(rules.MeshCapacity, path+".capacity", fmt.Sprintf("use a number from 1 to %d", maxCapacity), "%d is not a number of services", tier.Capacity)
		}
	}
}

// checkStackName reports a tier that is named like the second or a later stack of another one.
func (c *checker) checkStackName(path, name string) {
	at := strings.LastIndexByte(name, '-')
	if at < 0 {
		return
	}
	number, err := strconv.Atoi(name[at+1:])
	for i, tier := range c.d.Tiers {
		if err == nil && number > 1 && tier != nil && tier.Name == name[:at] {
			c.r.Add(rules.MeshNameTwice, path+".name", "%q is the name of stack %d of tiers[%d] too", name, number, i)
		}
	}
}

// partNames are the names of tiers that, behind that of a provider, would be the ID of a part of a service over VPC Lattice: <service>.contract and
// <service>.service.
var partNames = []string{"contract", "service"}

// checkPartNames reports services over VPC Lattice that have the name of a provider whose front door would have the ID of a part of the service.
func (c *checker) checkPartNames() {
	for i, service := range c.d.Services {
		if service == nil || !c.isProvider(service.Name) {
			continue
		}
		if tier, ok := c.tiers[service.Tier]; !ok || c.d.Tiers[tier].Transport != Lattice {
			continue
		}
		for _, part := range partNames {
			if tier, ok := c.tiers[part]; ok && c.d.Tiers[tier].Transport == PrivateLink {
				c.r.AddWithFix(rules.MeshNameTwice, jsondoc.At("services", i)+".name", "rename the service, the provider, or the tier",
					"%q is the name of a provider too, whose front door in tier %s would have the ID of a part of the service", service.Name, part)
			}
		}
	}
}

func checkTransport(r *rules.Report, property, transport string) {
	if transport != PrivateLink && transport != Lattice {
		r.Add(rules.MeshTransport, property, "%q is not a transport of tiers", transport)
	}
}

func (c *checker) checkProviders() {
	if len(c.d.Providers) == 0 {
		c.r.AddWithFix(rules.Required, "providers", "declare the teams that own services", "is missing")
	}
	for i, provider := range c.d.Providers {
		if path, ok := c.element("providers", i, provider == nil); ok {
			c.declare(c.providers, "providers", i, provider.Name)
			checkText(c.r, path+".account", "set the account of its VPC", provider.Account, rules.CheckMeshAccount)
		}
	}
}

func (c *checker) checkServices() {
	if len(c.d.Services) == 0 {
		c.r.AddWithFix(rules.Required, "services", "declare the services", "is missing")
	}
	used, domains := map[int]bool{}, map[string]int{}
	for i, service := range c.d.Services {
		path, ok := c.element("services", i, service == nil)
		if !ok {
			continue
		}
		c.declare(c.services, "services", i, service.Name)
		if checkText(c.r, path+".domainName", "set the name under which clients call it", service.DomainName, rules.CheckDomainName) {
			if other, isTwice := domains[service.DomainName]; isTwice {
				c.r.Add(rules.MeshNameTwice, path+".domainName", "%q is the domain name of services[%d] too", service.DomainName, other)
			} else {
				domains[service.DomainName] = i
			}
		}
		c.refer(c.providers, path+".provider", "set the name of its provider", service.Provider)
		if tier, ok := c.refer(c.tiers, path+".tier", "set the name of its tier", service.Tier); ok {
			used[tier] = true
			c.checkPlace(path, service, c.d.Tiers[tier])
		}
	}
	for i, tier := range c.d.Tiers {
		if tier != nil && tier.Name != "" && len(c.d.Services) > 0 && c.tiers[tier.Name] == i && !used[i] {
			c.r.Add(rules.MeshTier, jsondoc.At("tiers", i), "%q has no services", tier.Name)
		}
	}
}

// checkPlace checks the front door and the priority that are given to a service.
func (c *checker) checkPlace(path string, service *Service, tier *Tier) {
	if service.Door < 0 || service.Door > tier.shards() {
		c.r.Add(rules.MeshDoor, path+".door", "%d is not one of the front doors 1 to %d that the capacity of tier %s makes", service.Door, tier.shards(), tier.Name)
	}
	if tier.Transport == Lattice && strings.HasPrefix(service.DomainName, "*.") {
		c.r.AddWithFix(rules.LatticeDomain, path+".domainName", "use the full name of the API, or a tier over PrivateLink", "%q is a wildcard, and tier %s is over VPC Lattice", service.DomainName, tier.Name)
	}
	if service.Priority == 0 {
		return
	}
	rules.CheckPriority(c.r, path+".priority", float64(service.Priority))
	switch {
	case tier.Transport == Lattice:
		c.r.AddWithFix(rules.Contradiction, path+".priority", "remove it", "is of a listener rule, and the services of tier %s have a listener each", tier.Name)
	case service.Priority == rules.HighestPriority:
		c.r.Add(rules.RoutePriority, path+".priority", "%d is the rule that answers health checks", rules.HighestPriority)
	}
}

func (c *checker) checkConsumers() {
	for i, consumer := range c.d.Consumers {
		path, ok := c.element("consumers", i, consumer == nil)
		if !ok {
			continue
		}
		c.declare(c.consumers, "consumers", i, consumer.Name)
		checkText(c.r, path+".account", "set the account of its VPC", consumer.Account, rules.CheckMeshAccount)
		called := map[string]bool{}
		for j, call := range consumer.Calls {
			at := jsondoc.At(path+".calls", j)
			if called[call] {
				c.r.AddWithFix(rules.MeshForm, at, "remove the duplicate", "%q is listed twice", call)
				continue
			}
			called[call] = true
			service, ok := c.refer(c.services, at, "remove the empty element", call)
			if ok && c.d.Services[service].Provider == consumer.Name && c.isProvider(consumer.Name) {
				c.r.Add(rules.MeshOwnCall, at, "%q is a service of %s itself", call, consumer.Name)
			}
		}
	}
}

func (c *checker) isProvider(name string) bool {
	_, ok := c.providers[name]
	return ok
}

// checkTeams reports providers and consumers of one name in two accounts.
func (c *checker) checkTeams() {
	for i, consumer := range c.d.Consumers {
		if consumer == nil || !c.isProvider(consumer.Name) {
			continue
		}
		j := c.providers[consumer.Name]
		own, other := consumer.Account, c.d.Providers[j].Account
		if own != other && own != "" && other != "" && jsondoc.IsKnown(own) && jsondoc.IsKnown(other) {
			c.r.Add(rules.MeshAccount, jsondoc.At("consumers", i)+".account", "is %q, but the account of providers[%d], of the same name, is %q", own, j, other)
		}
	}
}
