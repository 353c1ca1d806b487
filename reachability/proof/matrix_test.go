package proof_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// called is a path of a client in a VPC to a name behind a front door. Without a hop it is reachable.
func called(account, vpc, domain, door string, hops ...proof.Hop) proof.Path {
	all := []proof.Hop{{Name: proof.HopEndpointService, Verdict: proof.Reachable, Evidence: []proof.Evidence{{Stack: "Provider", LogicalID: door, Type: "AWS::EC2::VPCEndpointService"}}}}
	a := proof.Answer{Client: vpc + "/Client", Domain: domain, Port: 443, Path: "/", Verdict: proof.Reachable, Hops: append(all, hops...)}
	for _, hop := range hops {
		a.Verdict = a.Verdict.And(hop.Verdict)
	}
	p := proof.NewPath(a)
	p.Client.Place = proof.Place{Account: account, Vpc: vpc}
	return p
}

// ofAnother is the call of another client of the VPC.
func ofAnother(p proof.Path) proof.Path {
	p.Answer.Client += "2"
	return p
}

func unknownUntil(settle ...proof.Settlement) proof.Hop {
	return proof.Hop{Name: proof.HopAcceptance, Verdict: proof.Unknown, Message: "is unknown", Settle: settle}
}

func assumption(id string) proof.Settlement {
	return proof.Settlement{Kind: proof.SettleByAssumption, Subject: id}
}

// signs are the rows of a matrix, a sign for each cell.
func signs(m *proof.Matrix) string {
	var rows []string
	for i, s := range m.Services {
		row := s.Name + " "
		for _, cell := range m.Cells[i] {
			row += cell.State.Mark()
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n")
}

func TestMatrixOfAMesh(t *testing.T) {
	services := []proof.MatrixService{
		{Name: "pricing", Domain: "pricing.example", Door: "door commerce"},
		{Name: "stock", Domain: "stock.example", Door: "door commerce"},
		{Name: "ledger", Domain: "ledger.example"},
		{Name: "tenants", Domain: "*.tenants.example"},
	}
	consumers := []proof.MatrixConsumer{
		{Name: "checkout", Account: "1", Calls: []string{"pricing", "ledger"}},
		{Name: "web-shop", Account: "2", Calls: []string{"stock", "tenants"}},
		{Name: "web", Account: "2", Calls: []string{"pricing"}},
	}
	blocked := proof.Hop{Name: proof.HopNlbListener, Verdict: proof.Blocked, Message: "no listener"}
	hop := func(name string) proof.Hop { return proof.Hop{Name: name, Verdict: proof.Blocked, Message: "no"} }
	unnamed := called("1", "Checkout/Vpc", "pricing.example", "Door", hop(proof.HopHostedZone))
	nowhere := unnamed
	nowhere.Legs = nil
	accepted, shared := assumption(proof.AssumeAccepted), assumption(proof.AssumeShareAccepted)
	parameter := proof.Settlement{Kind: proof.SettleByParameter, Subject: "Checkout.Name"}
	all := func(more ...proof.Path) []proof.Path {
		return append([]proof.Path{
			called("1", "Checkout/Vpc", "pricing.example", "Door"), called("1", "Checkout/Vpc", "ledger.example", "Ledger"),
			called("2", "WebShop/Vpc", "stock.example", "Door"), called("2", "WebShop/Vpc", "a.tenants.example", "Tenants"), called("2", "MeshWeb/Vpc", "pricing.example", "Door"),
		}, more...)
	}
	for title, tc := range map[string]struct {
		paths  []proof.Path
		want   string
		strays int
	}{
		"what is declared":               {all(), "pricing ✓○✓\nstock ○✓○\nledger ✓  \ntenants  ✓ ", 0},
		"nothing in the templates":       {nil, "pricing ? ?\nstock  ? \nledger ?  \ntenants  ? ", 0},
		"blocked":                        {[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", blocked)}, "pricing ✗ ?\nstock  ? \nledger ?  \ntenants  ? ", 0},
		"blocked behind the door":        {[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", hop(proof.HopAlbRule))}, "pricing ✗ ?\nstock ○? \nledger ?  \ntenants  ? ", 0},
		"a certificate of another name":  {[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", hop(proof.HopCertificate))}, "pricing ✗ ?\nstock ○? \nledger ?  \ntenants  ? ", 0},
		"a target of VPC Lattice":        {[]proof.Path{called("1", "Checkout/Vpc", "ledger.example", "Ledger", hop(proof.HopTarget))}, "pricing ? ?\nstock  ? \nledger ✗  \ntenants  ? ", 0},
		"no name":                        {[]proof.Path{unnamed}, "pricing ✗ ?\nstock ○? \nledger ?  \ntenants  ? ", 0},
		"no name that leads anywhere":    {[]proof.Path{nowhere}, "pricing ✗ ?\nstock  ? \nledger ?  \ntenants  ? ", 0},
		"no name, and closed":            {[]proof.Path{unnamed, called("1", "Checkout/Vpc", "stock.example", "Door", blocked)}, "pricing ✗ ?\nstock  ? \nledger ?  \ntenants  ? ", 0},
		"no name, and closed to another": {[]proof.Path{unnamed, ofAnother(called("1", "Checkout/Vpc", "stock.example", "Door", blocked))}, "pricing ✗ ?\nstock ○? \nledger ?  \ntenants  ? ", 0},
		"no name, and no way in":         {[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", hop(proof.HopHostedZone), blocked)}, "pricing ✗ ?\nstock  ? \nledger ?  \ntenants  ? ", 0},
		"no name, but a way in": {
			[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", hop(proof.HopHostedZone), proof.Hop{Name: proof.HopAlbRule}), called("1", "Checkout/Vpc", "stock.example", "Door", blocked)},
			"pricing ✗ ?\nstock ○? \nledger ?  \ntenants  ? ", 0,
		},
		"waiting for acts": {
			[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", unknownUntil(accepted), unknownUntil(shared))},
			"pricing ◷ ?\nstock ○? \nledger ?  \ntenants  ? ", 0,
		},
		"waiting, and unknown": {
			[]proof.Path{called("1", "Checkout/Vpc", "pricing.example", "Door", unknownUntil(accepted), unknownUntil(accepted, parameter))},
			"pricing ? ?\nstock ○? \nledger ?  \ntenants  ? ", 0,
		},
		"the worst of several calls": {
			all(ofAnother(called("1", "Checkout/Vpc", "ledger.example", "Ledger", blocked))),
			"pricing ✓○✓\nstock ○✓○\nledger ✗  \ntenants  ✓ ", 0,
		},
		"not declared":             {all(called("2", "WebShop/Vpc", "ledger.example", "Ledger")), "pricing ✓○✓\nstock ○✓○\nledger ✓! \ntenants  ✓ ", 0},
		"not declared and unknown": {all(called("2", "WebShop/Vpc", "ledger.example", "Ledger", unknownUntil(parameter))), "pricing ✓○✓\nstock ○✓○\nledger ✓! \ntenants  ✓ ", 0},
		"not declared and blocked": {all(called("2", "WebShop/Vpc", "ledger.example", "Ledger", blocked)), "pricing ✓○✓\nstock ○✓○\nledger ✓  \ntenants  ✓ ", 0},
		"another name":             {all(called("1", "Checkout/Vpc", "mail.example", "Mail")), "pricing ✓○✓\nstock ○✓○\nledger ✓  \ntenants  ✓ ", 1},
		"another VPC":              {all(called("3", "Other/Vpc", "pricing.example", "Door")), "pricing ✓○✓\nstock ○✓○\nledger ✓  \ntenants  ✓ ", 1},
		"another VPC, blocked":     {all(called("3", "Other/Vpc", "pricing.example", "Door", blocked)), "pricing ✓○✓\nstock ○✓○\nledger ✓  \ntenants  ✓ ", 0},
	} {
		t.Run(title, func(t *testing.T) {
			m := proof.MatrixOfMesh(tc.paths, services, consumers)
			if got := signs(m); got != tc.want || len(m.Strays) != tc.strays {
				t.Errorf("got\n%s\nwant\n%s\n%d strays, want %d", got, tc.want, len(m.Strays), tc.strays)
			}
		})
	}
}

// A consumer whose VPC nobody can tell is named; one without a VPC in the templates is not.
func TestUnplacedConsumers(t *testing.T) {
	paths := []proof.Path{called("1", "vpc-1", "pricing.example", "Door"), called("1", "vpc-2", "pricing.example", "Door")}
	m := proof.MatrixOfMesh(paths, []proof.MatrixService{{Name: "pricing", Domain: "pricing.example"}}, []proof.MatrixConsumer{
		{Name: "checkout", Account: "1"}, {Name: "reports", Account: "1", Vpc: "vpc-2"}, {Name: "elsewhere", Account: "2"},
	})
	if got := strings.Join(m.Unplaced, ","); got != "checkout" || m.Consumers[1].Vpc != "vpc-2" {
		t.Errorf("unplaced %s, consumers %+v", got, m.Consumers)
	}
}

// A VPC whose account no template tells is that of a consumer by its name, or by what the caller says, and by nothing else.
func TestConsumersWithoutAnAccount(t *testing.T) {
	paths := []proof.Path{called("", "Checkout/Vpc", "pricing.example", "Door"), called("", "vpc-2", "pricing.example", "Door"), called("", "vpc-3", "pricing.example", "Door")}
	m := proof.MatrixOfMesh(paths, []proof.MatrixService{{Name: "pricing", Domain: "pricing.example"}}, []proof.MatrixConsumer{
		{Name: "checkout", Account: "1", Calls: []string{"pricing"}}, {Name: "reports", Account: "2", Vpc: "vpc-2"}, {Name: "alone", Account: "3"}, {Name: "wrong", Account: "4", Vpc: "vpc-4"},
	})
	if got := signs(m); got != "pricing ✓!  " || len(m.Strays) != 1 {
		t.Errorf("%s, %d strays", got, len(m.Strays))
	}
	if got := strings.Join(m.Unplaced, ","); got != "alone" {
		t.Errorf("unplaced %s", got)
	}
	if len(m.NotFound) != 1 || m.NotFound[0].Name != "wrong" {
		t.Errorf("not found %+v", m.NotFound)
	}
}

// Without a declaration, all that is called is a row, and all who call are columns.
func TestMatrixOfCalls(t *testing.T) {
	m := proof.MatrixOf([]proof.Path{
		called("1", "Checkout/Vpc", "stock.example", "Door"), called("1", "Checkout/Vpc", "pricing.example", "Other"), called("2", "Web/Vpc", "stock.example", "Door"),
	})
	if got := signs(m); got != "pricing.example ✓ \nstock.example ✓✓" {
		t.Errorf("got\n%s", got)
	}
}

func TestEveryStateHasASign(t *testing.T) {
	seen := map[string]bool{proof.StateNone.Mark(): true}
	for _, s := range proof.States() {
		if s.String() == "" || seen[s.Mark()] {
			t.Errorf("%d: %q %q", s, s.Mark(), s)
		}
		seen[s.Mark()] = true
	}
}

func TestIsNamedAfter(t *testing.T) {
	for path, want := range map[string]bool{
		"WebShop/Vpc": true, "MeshWebShop/Vpc": true, "Stack/mesh-web_shop": true, "WEBSHOP": true, "Network/WebShopVpc": true,
		"Web/Shop": false, "Mesh/Vpc": false, "Mesh-webshop/Vpc": false, "": false,
	} {
		if got := proof.IsNamedAfter(path, "web-shop"); got != want {
			t.Errorf("%q is named after web-shop: %v, want %v", path, got, want)
		}
	}
}

// Where the names of VPCs say nothing, those of their own clients tell which consumer each is.
func TestClientsTellTheVpc(t *testing.T) {
	paths := []proof.Path{called("1", "vpc-1", "pricing.example", "Door"), called("1", "vpc-2", "pricing.example", "Door")}
	paths[0].Client.Name, paths[1].Client.Name = "Task", "Web/Task"
	m := proof.MatrixOfMesh(paths, nil, []proof.MatrixConsumer{{Name: "web", Account: "1"}, {Name: "orders", Account: "1"}})
	if web := m.Consumers[0].Vpc; web != "vpc-2" {
		t.Errorf("web is %q: a client in another VPC of the account has its name", web)
	}
}
