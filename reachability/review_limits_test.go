package reachability_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
)

// What no account can have must not keep a proof from ending.
func TestHostileTemplatesEnd(t *testing.T) {
	name := meshtest.Domain(0)
	for what, edit := range map[string]func(call){
		"aliases in circles": func(c call) {
			var sets array
			for i := range 40 {
				for _, way := range [][2]string{{name, "b." + name}, {"b." + name, name}} {
					sets = append(sets, object{"Name": way[0], "Type": "A", "SetIdentifier": fmt.Sprint(i), "Weight": 1, "AliasTarget": object{
						"DNSName": way[1], "HostedZoneId": refTo("Api000Zone"),
					}})
				}
			}
			resource(c.consumer, "Circle", "AWS::Route53::RecordSetGroup", object{"HostedZoneId": refTo("Api000Zone"), "RecordSets": sets})
		},
		"long names": func(c call) {
			long := strings.Repeat("a.", 200_000) + name
			resource(c.consumer, "Long", "AWS::Route53::RecordSet", object{
				"HostedZoneId": refTo("Api000Zone"), "Name": long, "Type": "A", "AliasTarget": c.consumer.Properties("Api000Record")["AliasTarget"],
			})
			resource(c.consumer, "To", "AWS::Route53::RecordSet", object{
				"HostedZoneId": refTo("Api000Zone"), "Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": array{long},
			})
		},
		"long patterns": func(c call) {
			for i, part := range []string{"a", "b", "a*", "a"} {
				c.rule(i, array{object{"Field": "path-pattern", "PathPatternConfig": object{"Values": array{"/" + strings.Repeat(part, 100_000) + "*"}}}})
			}
		},
		"many values": func(c call) {
			for i := range 3 {
				var hosts, paths array
				for j := range 2000 {
					hosts, paths = append(hosts, fmt.Sprintf("h%d-%d.company.com", i, j)), append(paths, fmt.Sprintf("/a%d/%d/*", i, j))
				}
				c.rule(i, array{
					object{"Field": "host-header", "HostHeaderConfig": object{"Values": hosts}}, object{"Field": "path-pattern", "PathPatternConfig": object{"Values": paths}},
				})
			}
		},
		"many subnets": func(c call) {
			var subnets array
			for i := range 5000 {
				subnets = append(subnets, fmt.Sprintf("subnet-%d", i))
			}
			c.acl(0)
			network(c.consumer.Properties("Client0"))["Subnets"] = subnets
			c.consumer.Properties("Api000")["SubnetIds"] = append(array{refTo("Subneta")}, subnets...)
		},
		"many ACL entries": func(c call) { c.acl(8000) },
	} {
		t.Run(what, func(t *testing.T) {
			c := newCall()
			edit(c)
			done := make(chan struct{})
			go func() {
				defer close(done)
				c.prove(t)
			}()
			select {
			case <-done:
			case <-time.After(20 * time.Second):
				t.Fatal("takes too long")
			}
		})
	}
}

func (c call) rule(i int, conditions array) {
	resource(c.api, fmt.Sprintf("Rule%d", i), elbType("ListenerRule"), object{
		"ListenerArn": refTo("Listener"), "Priority": 100 + i, "Conditions": conditions, "Actions": forward("Targets"),
	})
}

// acl puts the subnets of the consumer behind an ACL with entries for single addresses, from as many stacks as it takes.
func (c call) acl(entries int) {
	resource(c.consumer, "Acl", "AWS::EC2::NetworkAcl", object{"VpcId": refTo("Vpc")})
	c.consumer.Outputs["Acl"] = object{"Value": refTo("Acl"), "Export": object{"Name": "acl"}}
	for _, zone := range []string{"a", "b"} {
		resource(c.consumer, "Acl"+zone, "AWS::EC2::SubnetNetworkAclAssociation", object{"SubnetId": refTo("Subnet" + zone), "NetworkAclId": refTo("Acl")})
	}
	for first := 0; first < entries; first += 500 {
		s := &meshtest.Stack{Name: fmt.Sprintf("Acl%d", first), Account: c.consumer.Account, Parameters: object{}, Resources: object{}, Outputs: object{}}
		c.Stacks = append(c.Stacks, s)
		for i := first; i < first+500; i++ {
			resource(s, fmt.Sprintf("Entry%d", i), "AWS::EC2::NetworkAclEntry", object{
				"NetworkAclId": object{"Fn::ImportValue": "acl"}, "RuleNumber": i + 1, "Protocol": -1, "RuleAction": "allow", "Egress": i%2 == 0,
				"CidrBlock": fmt.Sprintf("10.0.%d.%d/32", i>>9&255, i>>1&255),
			})
		}
	}
}
