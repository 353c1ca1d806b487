package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestPublicBlocks(t *testing.T) {
	for blocks, want := range map[string][]rules.Rule{
		"203.0.113.7/32":                          nil,
		"8.0.0.0/7 203.0.113.0/24":                nil,
		"0.0.0.0/1":                               nil,
		"0.0.0.0/1 128.0.0.0/2 192.0.0.0/4":       nil, // 208.0.0.0/4 is left out
		"pricing 203.0.113.7 203.0.113.7/24":      {rules.CIDR, rules.CIDR, rules.CIDR},
		"0.0.0.0/1 128.0.0.0/1":                   {rules.PublicEveryone},
		"128.0.0.0/1 0.0.0.0/1":                   {rules.PublicEveryone},
		"0.0.0.0/1 128.0.0.0/2 192.0.0.0/3":       {rules.PublicEveryone}, // the rest is multicast and reserved
		"0.0.0.0/0":                               {rules.PublicEveryone},
		"::/0":                                    {rules.PublicBlock, rules.PublicEveryone},
		"2001:db8::/32":                           {rules.PublicBlock},
		"10.0.0.0/8":                              {rules.PublicBlock},
		"172.16.5.0/24 192.168.0.1/32":            {rules.PublicBlock, rules.PublicBlock},
		"172.32.0.0/16 192.167.0.0/16":            nil,
		"100.64.0.0/16 127.0.0.1/32 240.1.2.3/32": {rules.PublicBlock, rules.PublicBlock, rules.PublicBlock},
	} {
		r := &rules.Report{}
		list := strings.Fields(blocks)
		for i, block := range list {
			rules.CheckPublicBlock(r, fmt.Sprintf("Blocks[%d]", i), block)
		}
		rules.CheckPublicBlocks(r, "Blocks", list)
		var got []rules.Rule
		for _, p := range r.Problems() {
			got = append(got, p.Rule)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: broken %v, want %v", blocks, got, want)
		}
	}
}

func TestWebACLLimits(t *testing.T) {
	r := &rules.Report{}
	rules.CheckWebACLReferences(r, "Clients", rules.MaxWebACLReferences)
	rules.CheckIPSet(r, "Blocks", rules.MaxIPSetBlocks)
	if len(r.Problems()) > 0 {
		t.Errorf("problems %v, want none", r.Problems())
	}
	rules.CheckWebACLReferences(r, "Clients", rules.MaxWebACLReferences+1)
	rules.CheckIPSet(r, "Blocks", rules.MaxIPSetBlocks+1)
	if len(r.Problems()) != 2 {
		t.Errorf("problems %v, want one for each", r.Problems())
	}
}
