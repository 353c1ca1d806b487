package reachability_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// smallPair is the small base, with its templates ready to be edited.
func smallPair(t *testing.T) (stacks *casetest.Stacks, provider, consumer template) {
	t.Helper()
	c := findCase(t, "calls/as-it-is", "one client that reaches one API")
	stacks = c.Load(t)
	return stacks, stacks.Doc(t, "Provider"), stacks.Doc(t, "Consumer")
}

// Templates that no account can have must not keep a proof from ending.
func TestHostileTemplatesEnd(t *testing.T) {
	const name = "api.company.com"
	for what, edit := range map[string]func(provider, consumer template){
		"aliases in circles": func(_, consumer template) {
			var sets array
			for i := range 40 {
				for _, way := range [][2]string{{name, "b." + name}, {"b." + name, name}} {
					sets = append(sets, object{
						"Name": way[0], "Type": "A", "SetIdentifier": fmt.Sprint(i), "Weight": 1,
						"AliasTarget": object{"DNSName": way[1], "HostedZoneId": ref("Zone")},
					})
				}
			}
			consumer.add("Circle", "AWS::Route53::RecordSetGroup", object{"HostedZoneId": ref("Zone"), "RecordSets": sets})
		},
		"long names": func(_, consumer template) {
			long := strings.Repeat("a.", 200_000) + name
			consumer.add("Long", "AWS::Route53::RecordSet", object{
				"HostedZoneId": ref("Zone"), "Name": long, "Type": "A", "AliasTarget": consumer.properties("Record")["AliasTarget"],
			})
			consumer.add("To", "AWS::Route53::RecordSet", object{
				"HostedZoneId": ref("Zone"), "Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": array{long},
			})
		},
		"long patterns": func(provider, _ template) {
			for i, part := range []string{"a", "b", "a*", "a"} {
				provider.addRule(i, nil, array{"/" + strings.Repeat(part, 100_000) + "*"})
			}
		},
		"many values": func(provider, _ template) {
			for i := range 3 {
				var hosts, paths array
				for j := range 2000 {
					hosts, paths = append(hosts, fmt.Sprintf("h%d-%d.company.com", i, j)), append(paths, fmt.Sprintf("/a%d/%d/*", i, j))
				}
				provider.addRule(i, hosts, paths)
			}
		},
		"many subnets": func(_, consumer template) {
			var subnets array
			for i := range 5000 {
				subnets = append(subnets, fmt.Sprintf("subnet-%d", i))
			}
			consumer.addAcl(0)
			network := consumer.properties("Client")["NetworkConfiguration"].(object)["AwsvpcConfiguration"].(object)
			network["Subnets"] = subnets
			consumer.properties("Endpoint")["SubnetIds"] = append(array{ref("SubnetA")}, subnets...)
		},
		"many ACL entries": func(_, consumer template) { consumer.addAcl(8000) },
	} {
		t.Run(what, func(t *testing.T) {
			stacks, provider, consumer := smallPair(t)
			edit(provider, consumer)
			done := make(chan struct{})
			go func() {
				defer close(done)
				loadCase(t, stacks).Prove(reachability.Question{})
			}()
			select {
			case <-done:
			case <-time.After(20 * time.Second):
				t.Fatal("takes too long")
			}
		})
	}
}

// addRule adds a rule of the ALB's listener.
func (t template) addRule(i int, hosts, paths array) {
	conditions := array{object{"Field": "path-pattern", "PathPatternConfig": object{"Values": paths}}}
	if hosts != nil {
		conditions = append(conditions, object{"Field": "host-header", "HostHeaderConfig": object{"Values": hosts}})
	}
	t.add(fmt.Sprintf("Rule%d", i), "AWS::ElasticLoadBalancingV2::ListenerRule", object{
		"ListenerArn": ref("AlbListener"), "Priority": 100 + i, "Conditions": conditions,
		"Actions": array{object{"Type": "forward", "TargetGroupArn": ref("Targets")}},
	})
}

// addAcl puts the subnets behind a network ACL with that many entries, each for a single address.
func (t template) addAcl(entries int) {
	t.add("Acl", "AWS::EC2::NetworkAcl", object{"VpcId": ref("Vpc")})
	for _, subnet := range []string{"SubnetA", "SubnetB"} {
		t.add("AclOf"+subnet, "AWS::EC2::SubnetNetworkAclAssociation", object{"SubnetId": ref(subnet), "NetworkAclId": ref("Acl")})
	}
	for i := range entries {
		t.add(fmt.Sprintf("Entry%d", i), "AWS::EC2::NetworkAclEntry", object{
			"NetworkAclId": ref("Acl"), "RuleNumber": i + 1, "Protocol": -1, "RuleAction": "allow", "Egress": i%2 == 0,
			"CidrBlock": fmt.Sprintf("10.1.%d.%d/32", i>>9&255, i>>1&255),
		})
	}
}

// A VPC has 50 interface endpoints by default. Which of the 51 are of type Interface, and of this VPC, must be known.
func TestEndpointQuota(t *testing.T) {
	const quota = 50
	for name, tc := range map[string]struct {
		more int // endpoints beside the one of the base
		edit func(more object)
		want bool
	}{
		"as many as a VPC has": {quota - 1, func(object) {}, false},
		"one more":             {quota, func(object) {}, true},
		"one is a gateway":     {quota, func(more object) { more["VpcEndpointType"] = "Gateway" }, false},
		"the VPC of one is not known": {
			quota, func(more object) { more["VpcId"] = ref("Undecided") }, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			stacks, _, consumer := smallPair(t)
			for i := range tc.more {
				consumer.add(fmt.Sprintf("More%d", i), "AWS::EC2::VPCEndpoint", object{
					"VpcEndpointType": "Interface", "VpcId": ref("Vpc"), "SecurityGroupIds": array{ref("EndpointGroup")},
					"PrivateDnsEnabled": true, "ServiceName": fmt.Sprintf("com.amazonaws.eu-west-1.service%d", i),
				})
			}
			tc.edit(consumer.properties("More7"))
			var want []casetest.Entry
			if tc.want {
				want = []casetest.Entry{{
					Key: "endpointQuota at Consumer/More9.VpcId", Words: casetest.Text{Value: "the VPC has more than 50 endpoints"},
				}}
			}
			checkFindings(t, want, loadCase(t, stacks).Prove(reachability.Question{}))
		})
	}
}
