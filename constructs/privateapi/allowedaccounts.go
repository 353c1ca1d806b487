package privateapi

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// addAccounts adds the root of each account.
func (p *principals) addAccounts(r *rules.Report, accounts *[]*string) {
	const list = "AllowedAccounts"
	check.NoNil(r, list, accounts)
	if accounts != nil && token.IsList(*accounts) {
		r.AddWithFix(rules.PrincipalForm, list, "list the accounts one by one; each may be a token",
			"is a list that is known only at deploy time, and each account becomes an ARN")
		return
	}
	for i, id := range prop.Elements(accounts) {
		if id == nil {
			continue
		}
		property := fmt.Sprintf("%s[%d]", list, i)
		if _, isLiteral := token.Literal(id); isLiteral && !rules.IsAccountID(*id) {
			r.AddWithFix(rules.PrincipalForm, property, "use the 12 digits of an account ID; roles and users go into AllowedPrincipals",
				"%q is not an account ID of 12 digits", *id)
			continue
		}
		if p.addARN(p.accountRoot(*id)) == alreadyAllowed {
			r.Add(rules.PrincipalTwice, property, "%q is allowed already", *id)
		}
	}
}

// counted says which properties name principals, and how many.
func (p *principals) counted(o *privateLinkOptions) string {
	var lists []string
	if n := len(prop.Elements(o.AllowedPrincipals)); n > 0 {
		lists = append(lists, fmt.Sprintf("AllowedPrincipals has %d", n))
	}
	if n := len(prop.Elements(o.AllowedAccounts)); n > 0 {
		lists = append(lists, fmt.Sprintf("AllowedAccounts has %d", n))
	}
	return strings.Join(lists, " and ")
}

var _ link.AccountAllower = (*privateLinkProvider)(nil)

// AllowAccounts implements [link.AccountAllower]. The caller has checked the accounts.
func (p *privateLinkProvider) AllowAccounts(accounts []string) {
	isNew := false
	for _, id := range accounts {
		isNew = p.principals.addARN(p.principals.accountRoot(id)) == allowed || isNew
	}
	if isNew {
		p.definePermissions()
		p.batch.Flush()
	}
}
