// Package oracletest tests the proof against a second, independent model of a network: one that sends packets, address
// by address and rule by rule, through networks that are drawn at random. The model is itself checked by hand.
//
// It has nothing but tests.
package oracletest
