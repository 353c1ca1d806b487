package compare

import (
	"slices"
	"strings"
	"testing"
)

func fieldOf(t *testing.T, flag string) Field {
	t.Helper()
	for _, f := range Fields() {
		if f.Flag() == flag {
			return f
		}
	}
	t.Fatalf("no field has the flag %s", flag)
	return Field{}
}

// numbersOf are numbers from flags and a file.
func numbersOf(t *testing.T, file string, flags ...string) *Numbers {
	t.Helper()
	n := NewNumbers()
	for _, flag := range flags {
		name, value, _ := strings.Cut(flag, "=")
		n.Flag(fieldOf(t, name), "--"+name, value)
	}
	if file != "" {
		n.File("numbers.json", []byte(file))
	}
	return n
}

func TestNumbers(t *testing.T) {
	m, err := numbersOf(t, `{"region": "eu-west-1", "services": 3, "consumers": 4, "protocols": ["http", "GRPC"], "gbPerMonth": 1.5, "mayRoute": false}`,
		"services=20", "providers=2", "overlapping-blocks=yes", "zones=3").Mesh()
	if err != nil {
		t.Fatal(err)
	}
	if m.Services != 20 || m.Consumers != 4 || m.Providers != 2 || m.Zones != 3 || m.Calls != 80 || m.Usage.GB.RatString() != "3/2" {
		t.Errorf("got %+v", m)
	}
	if m.answer(OverlappingBlocks).Is != Yes || m.answer(MayRoute).Is != No || m.answer(WebACL).Is != Unknown {
		t.Errorf("got %v", m.Answers)
	}
	if !slices.Equal(m.Protocols, []Protocol{HTTP, GRPC}) {
		t.Errorf("got %v", m.Protocols)
	}
	if slices.Contains(m.Assumed, "2 zones") || slices.Contains(m.Assumed, "clients speak HTTP") || !slices.Contains(m.Assumed, "no web ACL") {
		t.Errorf("assumed %v", m.Assumed)
	}
}

func TestNumbersFail(t *testing.T) {
	for name, tc := range map[string]struct {
		file  string
		flags []string
		want  string
	}{
		"nothing":                      {"", nil, "region: is not given: prices are those of a Region\nservices: is not given: how many services are there?\nconsumers: is not given: how many VPCs call them?\nproviders: is not given: how many VPCs own the services?"},
		"negative services":            {"", []string{"services=-3"}, "--services: must be between 1 and 100000, and is -3"},
		"no consumers":                 {"", []string{"consumers=0"}, "--consumers: must be between 1 and 100000, and is 0"},
		"half a service":               {"", []string{"services=1.5"}, "--services: must be a whole number"},
		"too many":                     {"", []string{"consumers=100001"}, "--consumers: must be between 1 and 100000, and is 100001"},
		"no number":                    {"", []string{"services=many"}, `--services: is "many", but must be a number`},
		"negative gigabytes":           {"", []string{"gb-per-month=-1"}, "--gb-per-month: -1 is negative"},
		"an unknown protocol":          {"", []string{"protocols=HTTP,SMTP"}, `--protocols: "SMTP" is no protocol that is known; known are HTTP, GRPC, WEBSOCKET, TCP, TLS`},
		"a protocol twice":             {"", []string{"protocols=HTTP,http"}, "--protocols: HTTP is there twice"},
		"an answer of another form":    {"", []string{"may-route=perhaps"}, `--may-route: is "perhaps", but must be yes or no`},
		"a flag twice":                 {"", []string{"zones=2", "zones=3"}, "--zones: is given twice"},
		"a Region of another form":     {"", []string{"region=Ireland"}, `--region: `},
		"more zones than there are":    {"", []string{"region=us-east-1", "services=1", "consumers=1", "zones=7"}, "zones: is 7, and no Region has more than 6"},
		"more providers than services": {"", []string{"region=us-east-1", "services=2", "consumers=1", "providers=3"}, "providers: is 3, more than the 2 services that they own"},
		"more calls than pairs":        {"", []string{"region=us-east-1", "services=2", "consumers=2", "providers=1", "calls=5"}, "calls: is 5, more than the 4 pairs of 2 consumers and 2 services"},
		"fewer calls than services":    {"", []string{"region=us-east-1", "services=3", "consumers=2", "providers=1", "calls=2"}, "calls: is 2, but each of 3 services is called, and each of 2 consumers calls"},
		"fewer doors than providers":   {"", []string{"region=us-east-1", "services=3", "consumers=1", "providers=2", "front-doors=1"}, "frontDoors: is 1, but each of 2 provider VPCs has one of its own"},
		"more calls of doors":          {"", []string{"region=us-east-1", "services=2", "consumers=2", "providers=2", "calls=3", "door-calls=4"}, "doorCalls: is 4, but 2 consumers with 3 calls have at least one of the 2 front doors each, and at most 3 together"},
		"consumers without a provider": {"", []string{"region=us-east-1", "services=2", "consumers=2", "providers=2", "provider-calls=1"}, "providerCalls: is 1, but 2 consumers"},
		"idle for longer than it is":   {"", []string{"region=us-east-1", "services=1", "consumers=1", "longest-idle=9", "longest-connection=5"}, "longestIdle: is 9, longer than the connection lasts, 5"},
		"a file that is not JSON":      {"{", nil, "numbers.json: the file: is not JSON: line 1: unexpected EOF"},
		"an unknown member":            {`{"servces": 3}`, nil, `numbers.json: servces: is not a member of a file with the numbers of a mesh; here it has region, services`},
		"a negative member":            {`{"services": -3}`, nil, "numbers.json: services: -3 is negative"},
		"a member of another type":     {`{"services": "3"}`, nil, `numbers.json: services: is "3", but must be a number`},
		"an answer that is a text":     {`{"mayRoute": "yes"}`, nil, `numbers.json: mayRoute: is "yes", but must be true or false`},
		"a protocol in a file":         {`{"protocols": ["HTTP", "SMTP"]}`, nil, `numbers.json: protocols[1]: "SMTP" is no protocol`},
		"several at once":              {`{"services": 0, "zones": 0}`, []string{"consumers=0"}, "--consumers: must be between 1 and 100000, and is 0\nnumbers.json: services: must be between 1 and 100000, and is 0\nnumbers.json: zones: must be"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := numbersOf(t, tc.file, tc.flags...).Mesh(); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got  %v\nwant %s", err, tc.want)
			}
		})
	}
}

func TestFieldsHaveFlagsOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Fields() {
		if seen[f.Flag()] || f.Help == "" {
			t.Errorf("%s is there twice, or has no help", f.Flag())
		}
		seen[f.Flag()] = true
	}
}

// What nobody says of connections is assumed, and said.
func TestAssumedConnections(t *testing.T) {
	const connection, idle, both = "no connection lasts longer than ten minutes", "no connection is idle for longer than a minute",
		"no connection lasts longer than ten minutes, or is idle for longer than one"
	for _, tc := range []struct {
		connection, idle int
		want             string
	}{{0, 0, both}, {0, 30, connection}, {0, 700, ""}, {30, 0, ""}, {900, 0, idle}, {900, 30, ""}} {
		m := meshOf(t, "us-east-1", 1, 1, 1, func(m *Mesh) { m.LongestConnection, m.LongestIdle = tc.connection, tc.idle })
		for _, text := range []string{connection, idle, both} {
			if slices.Contains(m.Assumed, text) != (text == tc.want) {
				t.Errorf("%+v: assumed %q", tc, m.Assumed)
			}
		}
	}
}

// What is not given is told alone: numbers that follow from it are no problems of their own.
func TestMissingNumbers(t *testing.T) {
	_, err := numbersOf(t, `{"region": "us-east-1", "providers": 1, "consumers": 2}`).Mesh()
	if err == nil || err.Error() != "services: is not given: how many services are there?" {
		t.Errorf("got %v", err)
	}
}
