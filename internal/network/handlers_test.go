package network_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The proof knows the handlers of this module's functions by their hashes: those of earlier versions too, since templates outlive them.
// UPDATE_GOLDEN=1 adds a new one.
func TestHandlersAreKnown(t *testing.T) {
	files, err := filepath.Glob("../../constructs/*/handler.js")
	if err != nil {
		t.Fatal(err)
	}
	known, err := os.ReadFile("handlers.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := string(known)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(source)
		line := filepath.Base(filepath.Dir(file)) + " " + hex.EncodeToString(sum[:]) + "\n"
		if strings.Contains(list, line) {
			continue
		}
		if os.Getenv("UPDATE_GOLDEN") == "" {
			t.Errorf("handlers.txt has not %s: UPDATE_GOLDEN=1 adds it", line)
		}
		list += line
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile("handlers.txt", []byte(list), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
