package rules

import (
	"fmt"
	"regexp"
	"strings"
)

// The rules of the certificates of an ALB's listener.
var (
	CertificateArn = Rule{
		ID: "privateapi:certificateArn", Severity: Error,
		Summary: "A certificate is an ACM certificate in the account and Region of its listener, or an IAM server certificate.",
		AWS:     "CertificateNotFound: Certificate ARN is not valid",
		Fix:     "use arn:aws:acm:<region>:<account>:certificate/<id>",
		Source:  applicationL + "https-listener-certificates.html",
	}
	CertificateNames = Rule{
		ID: "privateapi:certificateNames", Severity: Error,
		Summary: "A certificate of the listener covers each domain name of the API.",
		AWS:     "presents another certificate, which clients reject",
		Fix:     "add the name to SubjectAlternativeNames of a certificate, or add a certificate for it",
		Source:  applicationL + "https-listener-certificates.html",
	}
	CertificateQuota = Rule{
		ID: "privateapi:certificateQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, a load balancer can have %d certificates besides the default ones of its listeners.", MaxCertificates),
		AWS:     "TooManyCertificates",
		Fix:     "use certificates of several names, or request a higher quota of certificates per load balancer first",
		Source:  applicationL + "load-balancer-limits.html",
	}
)

var trustStore = regexp.MustCompile(`^arn:[\w-]+:elasticloadbalancing:([a-z0-9-]+):\d{12}:truststore/[^/]+/[^/]+$`)

// Environment is an account and a Region, each of which may be empty if it is not known.
type Environment struct{ Account, Region string }

// CheckCertificate reports an ARN that is not that of a certificate, or that is of another account or Region than the
// listener.
func CheckCertificate(r *Report, property, arn string, listener Environment) {
	c, ok := ParseCertificateARN(arn)
	switch {
	case !ok:
		r.Add(CertificateArn, property, "%q is not the ARN of a certificate", arn)
	case listener.Region != "" && c.Region != "" && c.Region != listener.Region:
		r.AddWithFix(CertificateArn, property, "use a certificate in "+listener.Region, "%q is in %s, but the listener is in %s", arn, c.Region, listener.Region)
	case listener.Account != "" && c.Account != listener.Account:
		r.AddWithFix(CertificateArn, property, "use a certificate of account "+listener.Account,
			"%q is of account %s, but the listener is of %s", arn, c.Account, listener.Account)
	}
}

// CheckCertificateNames reports a domain name that none of the names of the listener's certificates covers.
func CheckCertificateNames(r *Report, property, domain string, names []string) {
	for _, name := range names {
		if CertificateCovers(name, domain) {
			return
		}
	}
	r.Add(CertificateNames, property, "%q is not covered: the certificates are for %s", domain, strings.Join(names, ", "))
}

// CertificateCovers reports whether a name of a certificate covers a domain. A wildcard stands for one label.
func CertificateCovers(name, domain string) bool {
	name, domain = strings.ToLower(name), strings.ToLower(domain)
	if suffix, isWildcard := strings.CutPrefix(name, "*."); isWildcard && name != domain {
		_, parent, _ := strings.Cut(domain, ".")
		return parent == suffix
	}
	return name == domain
}

// CheckCertificateCount warns of more certificates, besides the default ones, than an ALB has by default.
func CheckCertificateCount(r *Report, property string, n int) {
	if n > MaxCertificates {
		r.Add(CertificateQuota, property, "%d certificates besides the default one", n)
	}
}

// CheckTrustStore reports an ARN that is not that of a trust store, or that is of another Region than the listener. The
// Region may be empty.
func CheckTrustStore(r *Report, property, arn, region string) {
	m := trustStore.FindStringSubmatch(arn)
	if m == nil {
		r.AddWithFix(TrustStore, property, "use arn:aws:elasticloadbalancing:<region>:<account>:truststore/<name>/<id>", "%q is not the ARN of a trust store", arn)
		return
	}
	CheckTrustStoreRegion(r, property, m[1], region)
}

// CheckTrustStoreRegion reports a trust store in another Region than the listener. Either may be empty.
func CheckTrustStoreRegion(r *Report, property, storeRegion, region string) {
	if storeRegion != "" && region != "" && storeRegion != region {
		r.AddWithFix(TrustStore, property, "use a trust store in "+region, "is in %s, but the listener is in %s", storeRegion, region)
	}
}
