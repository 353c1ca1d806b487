package rules

import "regexp"

// CertificateARN is what the ARN of a certificate says.
type CertificateARN struct {
	// Region is empty for a certificate of IAM, which has none.
	Region  string
	Account string
}

var (
	acmARN = regexp.MustCompile(`^arn:[\w-]+:acm:([a-z0-9-]+):(\d{12}):certificate/[\w-]+$`)
	iamARN = regexp.MustCompile(`^arn:[\w-]+:iam::(\d{12}):server-certificate/[\w+=,.@/-]+$`)
)

// ParseCertificateARN reads the ARN of a certificate of ACM or of IAM; ok is false for anything else.
func ParseCertificateARN(arn string) (c CertificateARN, ok bool) {
	if m := acmARN.FindStringSubmatch(arn); m != nil {
		return CertificateARN{Region: m[1], Account: m[2]}, true
	}
	if m := iamARN.FindStringSubmatch(arn); m != nil {
		return CertificateARN{Account: m[1]}, true
	}
	return CertificateARN{}, false
}
