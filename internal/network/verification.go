package network

import "strings"

const verificationType = "Custom::PrivateDnsVerification"

// The attributes of an endpoint service that say which TXT record AWS looks for.
const (
	txtName  = "PrivateDnsNameConfiguration.Name"
	txtValue = "PrivateDnsNameConfiguration.Value"
)

// Verification is a custom resource of constructs/dnsverification: its deployment ends only when the private DNS name of a service is
// verified, and fails otherwise.
type Verification struct{ *Resource }

// ServiceId is the endpoint service.
func (v *Verification) ServiceId() Property { return property(v.Resource, "ServiceId") }

// PrivateDnsName is the name that must be verified.
func (v *Verification) PrivateDnsName() Property { return property(v.Resource, "PrivateDnsName") }

// Function is the function that verifies the name; nil if its code is not that of this module.
func (v *Verification) Function() *Resource {
	function := ofType(v.Property("ServiceToken"), functionType)
	if function == nil {
		return nil
	}
	if config, ok := readInlineConfig(function.Property("Code", "ZipFile")); !ok || !config.isHandlerOf("dnsverification") {
		return nil
	}
	return function
}

// VerificationsOf are the verifications of an endpoint service.
func (n *Network) VerificationsOf(s *EndpointService) []*Verification {
	return n.verifications[s.Resource]
}

// TxtRecord is a TXT record set with the value that AWS looks for to verify the private DNS name of an endpoint service.
type TxtRecord struct {
	Record
	// Service is the endpoint service.
	Service *EndpointService
}

// TxtRecords are the record sets that have to do with the verification of endpoint services.
func (n *Network) TxtRecords() []TxtRecord { return n.txtRecords }

// TxtRecordsOf are those of one endpoint service.
func (n *Network) TxtRecordsOf(s *EndpointService) []TxtRecord { return n.txtOf[s.Resource] }

// TxtProblem says why AWS does not find a record set that is meant for the verification.
type TxtProblem string

// The problems.
const (
	// TxtInPrivateZone is a record set in a private hosted zone.
	TxtInPrivateZone TxtProblem = "is in a private hosted zone, and AWS looks for it in public DNS"
	// TxtOtherName is a record set of another name.
	TxtOtherName TxtProblem = "has another name than AWS looks for"
	// TxtOtherValue is a record set with another value.
	TxtOtherValue TxtProblem = "has another value than AWS looks for"
	// TxtOtherType is a record set of another type.
	TxtOtherType TxtProblem = "is not of type TXT"
	// TxtOtherZone is a record set in a zone whose name does not end in the domain.
	TxtOtherZone TxtProblem = "is in a zone that does not have the private DNS name"
)

// Problem is what is wrong with the record set, and where; ok is false if nothing is for certain.
func (r TxtRecord) Problem(n *Network) (problem TxtProblem, at Property, ok bool) {
	domain := strings.TrimPrefix(DomainName(r.Service.PrivateDnsName().Value), "*.")
	zone := n.ZoneOfRecord(r.Record)
	isDefined := zone != nil && zone.Resource != nil
	switch {
	case r.Type().IsLiteral() && r.Type().Literal() != "TXT":
		return TxtOtherType, r.Type(), true
	case !hasTxtValue(r.Record, r.Service.Resource):
		return TxtOtherValue, r.ResourceRecords(), true
	case domain != "" && !isTxtName(r.Name().Value, r.Service.Resource, domain):
		return TxtOtherName, r.Name(), true
	case isDefined && !zone.IsPublic:
		return TxtInPrivateZone, zone.VPCs(), true
	case isDefined && zone.Name != "" && domain != "" && domain != zone.Name && !strings.HasSuffix(domain, "."+zone.Name):
		return TxtOtherZone, zone.NameProperty(), true
	}
	return "", Property{}, false
}

// hasTxtValue reports whether the value of a record set is the one that AWS looks for, in quotes.
func hasTxtValue(r Record, service *Resource) bool {
	for _, p := range r.ResourceRecords().Items() {
		parts := p.Parts()
		if len(parts) != 3 || textIn(parts[0]) != `"` || textIn(parts[2]) != `"` {
			continue
		}
		if of, attribute, ok := parts[1].Reference(); ok && of == service && attribute == txtValue {
			return true
		}
	}
	return false
}

func textIn(v Value) string {
	text, _ := v.Text()
	return text
}

// isTxtName reports whether a name is the one that AWS looks for, below the domain.
func isTxtName(v Value, service *Resource, domain string) bool {
	parts := v.Parts()
	if len(parts) != 2 {
		return false
	}
	of, attribute, ok := parts[0].Reference()
	rest, isText := parts[1].Text()
	return ok && of == service && attribute == txtName && isText && strings.ToLower(strings.TrimSuffix(rest, ".")) == "."+domain
}

// txtOwner is the endpoint service of which a value has an attribute for the verification; nil if there is none.
func txtOwner(v Value) *Resource {
	for _, part := range append([]Value{v}, v.Parts()...) {
		if r, attribute, ok := part.Reference(); ok && r.Type == endpointServiceType && (attribute == txtName || attribute == txtValue) {
			return r
		}
	}
	return nil
}

// indexVerifications collects the verifications and their record sets. Endpoint services and records are indexed before.
func (n *Network) indexVerifications() {
	n.verifications, n.txtOf = map[*Resource][]*Verification{}, map[*Resource][]TxtRecord{}
	for _, r := range n.OfType(verificationType) {
		v := &Verification{r}
		if service := ofType(v.ServiceId().Value, endpointServiceType); service != nil {
			n.verifications[service] = append(n.verifications[service], v)
		}
	}
	for _, r := range n.records {
		of := txtOwner(r.Name().Value)
		for _, p := range r.ResourceRecords().Items() {
			if of == nil {
				of = txtOwner(p.Value)
			}
		}
		if of != nil && n.endpointServices.by[of] != nil {
			record := TxtRecord{r, n.endpointServices.by[of]}
			n.txtRecords, n.txtOf[of] = append(n.txtRecords, record), append(n.txtOf[of], record)
		}
	}
}
