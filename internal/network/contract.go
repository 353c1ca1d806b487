package network

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
)

// Contract is a contract of a service, as people gave it in a file.
type Contract struct {
	*contract.Contract
	File string
}

// NewWith is [New], with contracts.
func NewWith(asm *assembly.Assembly, contracts []*Contract) *Network {
	n := New(asm)
	n.contracts = contracts
	n.contractOf = map[string]*Contract{}
	for _, c := range contracts {
		if locator := c.Locator(); locator != "" && contract.IsKnown(locator) {
			n.contractOf[DomainNameOf(locator)] = c
		}
	}
	return n
}

// Contracts are the contracts that people gave.
func (n *Network) Contracts() []*Contract { return n.contracts }

// ContractOf is the contract of what a value names as text: the name of an endpoint service, the ARN of a service of VPC Lattice, or the DNS
// name of an ALB; nil if there is none.
func (n *Network) ContractOf(v Value) *Contract {
	text, ok := v.Text()
	if !ok {
		return nil
	}
	return n.contractOf[strings.TrimPrefix(DomainNameOf(text), "dualstack.")]
}

// DomainNameOf is a name as DNS compares it.
func DomainNameOf(text string) string { return strings.ToLower(strings.TrimSuffix(text, ".")) }

// Offers reports whether a contract offers a name, and whether it lists names at all.
func (c *Contract) Offers(name string) (offers, lists bool) {
	for _, own := range c.Service.DomainNames {
		own = DomainNameOf(own)
		if own == name || strings.HasPrefix(own, "*.") && strings.HasSuffix(name, own[1:]) && strings.Count(name, ".") == strings.Count(own, ".") {
			return true, true
		}
	}
	return false, len(c.Service.DomainNames) > 0
}

// HasPort reports whether a contract has a port.
func (c *Contract) HasPort(port int) bool {
	for _, own := range c.Service.Ports {
		if int(own) == port {
			return true
		}
	}
	return false
}
