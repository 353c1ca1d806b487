//go:build onecall_one_by_one

package onecall

const oneByOne = true
