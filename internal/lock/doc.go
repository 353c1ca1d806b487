// Package lock holds in place what consumers of private APIs are connected to. [Of] says of a cloud assembly which resources those are, with the values
// whose change replaces them and what AWS refuses to change while somebody is connected; [Marshal] writes that as privateapi.lock.json, and
// [Lock.Compare] finds what another assembly of the same app would do to it.
//
// Values are compared as templates have them. What only a deployment knows is never taken for equal without saying so: it is a note if the template says
// the same as before, and a finding that is unknown if it does not. The package imports neither jsii nor awscdk.
package lock
