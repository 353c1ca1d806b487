package deployed

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// webAcls writes web ACLs, IP sets, and the load balancers that have a web ACL.
func (w *writer) webAcls(t *template, s *State) {
	for _, set := range s.IPSets {
		name := aws.ToString(set.ARN)
		w.add(t, idOf(name), "AWS::WAFv2::IPSet", object{
			"Scope": "REGIONAL", "IPAddressVersion": string(set.IPAddressVersion), "Addresses": values(set.Addresses...),
		})
		w.locations[name] = location{t, idOf(name), "Arn"}
	}
	for _, acl := range s.WebAcls {
		name := aws.ToString(acl.ARN)
		w.add(t, idOf(name), "AWS::WAFv2::WebACL", object{
			"Scope": "REGIONAL", "DefaultAction": ofWaf(acl.DefaultAction), "Rules": ofWaf(acl.Rules), "VisibilityConfig": ofWaf(acl.VisibilityConfig),
		})
		w.locations[name] = location{t, idOf(name), "Arn"}
	}
	for _, balancer := range slices.Sorted(maps.Keys(s.WebAclOf)) {
		acl := s.WebAclOf[balancer]
		if _, ok := w.locations[acl]; !ok {
			w.addUnread("web ACL %s of %s", idOf(acl), idOf(balancer)) // Firewall Manager has those of an organization
		}
		w.add(t, idOf(balancer)+" web ACL", "AWS::WAFv2::WebACLAssociation", object{"ResourceArn": balancer, "WebACLArn": acl})
	}
}

// ofWaf converts a value of AWS WAF to a value of a template. Empty objects say which action or statement it is, and the templates have Arn
// where the API has ARN.
func ofWaf(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("%T: %w", v, err)) // the SDK's types consist of what JSON has
	}
	var result any
	if err := json.Unmarshal(data, &result); err != nil {
		panic(fmt.Errorf("%T: %w", v, err))
	}
	return withoutNil(result)
}

func withoutNil(v any) any {
	switch v := v.(type) {
	case object:
		kept := object{}
		for key, item := range v {
			if key == "ARN" {
				key = "Arn"
			}
			if item != nil {
				kept[key] = withoutNil(item)
			}
		}
		return kept
	case []any:
		for i, item := range v {
			v[i] = withoutNil(item)
		}
	}
	return v
}
