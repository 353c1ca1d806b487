package compare

import "testing"

// Which quota growth exceeds first, and at which number.
func TestFirstQuotas(t *testing.T) {
	p := pricerOf(t, "us-east-1")
	m := meshOf(t, "us-east-1", 20, 1, 10, settled)
	c := Compare(m, p, today)
	for o, want := range map[OptionID]struct {
		services   string
		at         int
		consumers  string
		atConsumer int
	}{
		Shared:         {"certificates of an ALB, unless one covers several services", 27, "", 0},
		Own:            {"endpoints of a consumer VPC", 51, "", 0},
		Targets:        {"endpoints of a consumer VPC", 51, "", 0},
		Lattice:        {"services of a service network", 501, "bytes of an auth policy that lists accounts", 307},
		Peering:        {"certificates of an ALB, unless one covers several services", 27, "peering connections of a provider VPC", 126},
		TransitGateway: {"certificates of an ALB, unless one covers several services", 27, "", 0},
		Central:        {"endpoints of the central VPC", 51, "", 0},
		Public:         {"certificates of an ALB, unless one covers several services", 27, "inbound rules of a security group, one for each NAT gateway", 31},
	} {
		w := c.Way(o)
		check := func(q *Quota, of string, at func(q *Quota) int, what string, want int) {
			switch {
			case q == nil && what == "":
			case q == nil || q.What != what || at(q) != want:
				t.Errorf("%s, by %s: %+v, want %s at %d", o, of, q, what, want)
			}
		}
		check(w.FirstByServices, "services", func(q *Quota) int { return q.AtServices }, want.services, want.at)
		check(w.FirstByConsumers, "consumers", func(q *Quota) int { return q.AtConsumers }, want.consumers, want.atConsumer)
	}
}

// A quota is exceeded by the number that is named, and not by the one before.
func TestQuotasAreExact(t *testing.T) {
	m := meshOf(t, "us-east-1", 2, 1, 2)
	for _, o := range Options() {
		for _, q := range quotas(m, o.ID) {
			used := func(g *Mesh) int {
				for _, other := range quotas(g, o.ID) {
					if other.What == q.What {
						return other.Used
					}
				}
				return 0
			}
			if n := q.AtServices; n > 0 && (used(m.grown(n, 2)) <= q.Limit || used(m.grown(n-1, 2)) > q.Limit) {
				t.Errorf("%s, %s: not exceeded from %d services", o.ID, q.What, n)
			}
			if n := q.AtConsumers; n > 0 && (used(m.grown(2, n)) <= q.Limit || used(m.grown(2, n-1)) > q.Limit) {
				t.Errorf("%s, %s: not exceeded from %d consumers", o.ID, q.What, n)
			}
		}
	}
}

// A mesh that is larger than searches go exceeds a quota already.
func TestQuotasOfALargeMesh(t *testing.T) {
	for _, q := range quotas(meshOf(t, "us-east-1", Largest+1, 1, Largest+2), Own) {
		if isOver := q.Used > q.Limit; isOver != (q.AtServices == Largest+1) || isOver != (q.AtConsumers == Largest+2) {
			t.Errorf("%+v", q)
		}
	}
}

// What a mesh needs of quotas that no search reaches.
func TestQuotasUsed(t *testing.T) {
	m := meshOf(t, "us-east-1", 20, 4, 10)
	used := map[string]int{}
	for _, o := range []OptionID{TransitGateway, Central, Lattice} {
		for _, q := range quotas(m, o) {
			used[string(o)+" "+q.What] = q.Used
		}
	}
	for what, want := range map[string]int{
		"transit-gateway attachments of a transit gateway": 14, "central-endpoints attachments of a transit gateway": 11,
		"lattice services of VPC Lattice of the account of a provider": 5,
	} {
		if used[what] != want {
			t.Errorf("%s: %d, want %d", what, used[what], want)
		}
	}
}
