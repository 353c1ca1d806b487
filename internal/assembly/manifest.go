package assembly

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// maxStages is how deep cloud assemblies may be nested.
const maxStages = 16

// loadDir loads a cloud assembly and those of its stages.
func (l *loader) loadDir(in Input, dir string, depth int) error {
	file := filepath.Join(dir, "manifest.json")
	if depth > maxStages {
		return fmt.Errorf("%s: cloud assemblies nested deeper than %d", file, maxStages)
	}
	root, err := l.read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: not a cloud assembly: it has no manifest.json", dir)
	}
	if err != nil {
		return err
	}
	artifacts := root.field("artifacts")
	if artifacts == nil && root.is(Map) {
		return nil // an app without stacks
	}
	if !artifacts.is(Map) {
		return fmt.Errorf("%s: not a cloud assembly: no artifacts object", file)
	}
	for i, id := range artifacts.fields.keys {
		artifact := artifacts.items[i]
		switch kind := artifact.field("type"); {
		case !kind.isText():
			err = fmt.Errorf("%s: artifacts.%s: an artifact must be an object with a type", file, id)
		case kind.text == "aws:cloudformation:stack":
			err = l.addArtifact(in, dir, id, artifact)
		case kind.text == "cdk:cloud-assembly":
			err = l.addStage(in, dir, id, artifact, depth)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) addStage(in Input, dir, id string, artifact *value, depth int) error {
	name := artifact.field("properties").field("directoryName")
	if !name.isText() || !filepath.IsLocal(name.text) {
		return fmt.Errorf("%s: artifacts.%s.properties.directoryName: must be the path of a directory inside the cloud assembly", filepath.Join(dir, "manifest.json"), id)
	}
	return l.loadDir(in, filepath.Join(dir, name.text), depth+1)
}

func (l *loader) addArtifact(in Input, dir, id string, artifact *value) error {
	manifest := filepath.Join(dir, "manifest.json")
	properties := artifact.field("properties")
	file := properties.field("templateFile")
	if !file.isText() || !filepath.IsLocal(file.text) {
		return fmt.Errorf("%s: artifacts.%s.properties.templateFile: must be the path of a file inside the cloud assembly", manifest, id)
	}
	account, region, err := environment(artifact.field("environment"))
	if err != nil {
		return fmt.Errorf("%s: artifacts.%s.environment: %w", manifest, id, err)
	}
	s := &Stack{
		Name: id, File: filepath.Join(dir, file.text), Account: account, Region: region,
		given: in.Parameters, manifest: map[string]string{},
	}
	if name := properties.field("stackName"); name.isText() {
		s.Name = name.text
	}
	properties.field("parameters").each(func(name string, v *value) {
		if v.is(Literal) {
			s.manifest[name] = v.text
		}
	})
	return l.add(s, source{root: in.Dir, strict: true})
}

// environment parses aws://ACCOUNT/REGION.
func environment(v *value) (account, region string, err error) {
	if v == nil {
		return "", "", nil
	}
	rest, ok := "", v.isText()
	if ok {
		rest, ok = strings.CutPrefix(v.text, "aws://")
	}
	if ok {
		account, region, ok = strings.Cut(rest, "/")
	}
	if !ok || account == "" || region == "" {
		return "", "", errors.New("must be aws://ACCOUNT/REGION")
	}
	if account == "unknown-account" {
		account = ""
	}
	if region == "unknown-region" {
		region = ""
	}
	return account, region, nil
}
