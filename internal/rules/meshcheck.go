package rules

import "regexp"

var meshName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// CheckMeshName reports what is no name of a tier, provider, service or consumer.
func CheckMeshName(r *Report, property, name string) {
	if !meshName.MatchString(name) || len(name) > MaxMeshName {
		r.Add(MeshName, property, "%q is not a name", name)
	}
}

// CheckMeshAccount reports what is no account ID.
func CheckMeshAccount(r *Report, property, account string) {
	if !IsAccountID(account) {
		r.AddWithFix(MeshAccount, property, "use the 12 digits of an account ID, as a text", "%q is not an account ID of 12 digits", account)
	}
}
