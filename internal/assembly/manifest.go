package assembly

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// loadDir loads a cloud assembly and those of its stages.
func (l *loader) loadDir(in Input, dir string, depth int) error {
	file := filepath.Join(dir, "manifest.json")
	if err := l.enter(dir, in.Dir, depth); err != nil {
		return err
	}
	p, err := l.files.parse(file, in.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: not a cloud assembly: it has no manifest.json", dir)
	}
	if err != nil {
		return err
	}
	artifacts := p.root.field("artifacts")
	if artifacts == nil && p.root.is(Map) {
		return nil // an app without stacks
	}
	if !artifacts.is(Map) {
		return fmt.Errorf("%s: not a cloud assembly: no artifacts object", file)
	}
	from := l.look(in, dir, artifacts)
	from.lookups = lookupsOf(p.root)
	for i, id := range artifacts.fields.keys {
		artifact := artifacts.items[i]
		switch kind := artifact.field("type"); {
		case !kind.isText():
			err = fmt.Errorf("%s: artifacts.%s: an artifact must be an object with a type", file, id)
		case kind.text == stackArtifact:
			err = l.addArtifact(dir, id, artifact, from)
		case kind.text == "cdk:cloud-assembly":
			err = l.addStage(in, dir, id, artifact, depth)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

const stackArtifact = "aws:cloudformation:stack"

// enter counts a cloud assembly, which can be read once only: a stack cannot be in two stages.
func (l *loader) enter(dir, root string, depth int) error {
	real, err := l.files.disk.real(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: not a cloud assembly: it has no manifest.json", dir)
	case err != nil:
		return fileError(dir, err)
	case depth > maxStages:
		return fmt.Errorf("%s: cloud assemblies nested deeper than %d", dir, maxStages)
	case !l.files.contains(root, real):
		return fmt.Errorf("%s: leads to a directory that is outside of %s", dir, root)
	case l.dirs[real]:
		return fmt.Errorf("%s: the cloud assembly is loaded twice", dir)
	}
	l.dirs[real] = true
	if err := within(len(l.dirs), l.limits.Stages, "cloud assemblies", "Stages"); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return nil
}

// look notes the assets of a cloud assembly and begins to read its templates.
func (l *loader) look(in Input, dir string, artifacts *value) *source {
	from := &source{root: in.Dir, input: in}
	for _, artifact := range artifacts.items {
		from.assets.note(dir, artifact)
		kind, file := artifact.field("type"), artifact.field("properties").field("templateFile")
		if kind.isText() && kind.text == stackArtifact && file.isText() && filepath.IsLocal(file.text) {
			l.files.prefetch(filepath.Join(dir, file.text), in.Dir)
		}
	}
	return from
}

func (l *loader) addStage(in Input, dir, id string, artifact *value, depth int) error {
	name := artifact.field("properties").field("directoryName")
	if !name.isText() || !filepath.IsLocal(name.text) {
		return fmt.Errorf("%s: artifacts.%s.properties.directoryName: must be the path of a directory inside the cloud assembly", filepath.Join(dir, "manifest.json"), id)
	}
	return l.loadDir(in, filepath.Join(dir, name.text), depth+1)
}

func (l *loader) addArtifact(dir, id string, artifact *value, from *source) error {
	manifest := filepath.Join(dir, "manifest.json")
	properties := artifact.field("properties")
	file := properties.field("templateFile")
	if !file.isText() || !filepath.IsLocal(file.text) {
		return fmt.Errorf("%s: artifacts.%s.properties.templateFile: must be the path of a file inside the cloud assembly", manifest, id)
	}
	account, region, err := environment(artifact.field("environment"), from.input)
	if err != nil {
		return fmt.Errorf("%s: artifacts.%s.environment: %w", manifest, id, err)
	}
	s := &Stack{
		Name: id, File: filepath.Join(dir, file.text), Account: account, Region: region,
		given: from.input.Parameters, manifest: map[string]string{}, lookups: from.lookups,
	}
	if name := properties.field("stackName"); name.isText() {
		s.Name = name.text
	}
	properties.field("parameters").each(func(name string, v *value) {
		if v.is(Literal) {
			s.manifest[name] = v.text
		}
	})
	before := len(l.assembly.Stacks)
	if err := l.add(s, from); err != nil {
		return err
	}
	return l.addConstructPaths(l.assembly.Stacks[before:], artifact, dir, from.root)
}

// environment parses aws://ACCOUNT/REGION. The input has what the manifest leaves open.
func environment(v *value, in Input) (account, region string, err error) {
	if v != nil {
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
	}
	account, errAccount := agreed("account", account, "unknown-account", in.Account)
	region, errRegion := agreed("Region", region, "unknown-region", in.Region)
	return account, region, errors.Join(errAccount, errRegion)
}

// agreed returns the account or the Region of a stack: that of the manifest, or else that of the input.
func agreed(what, manifest, open, given string) (string, error) {
	switch {
	case manifest == "" || manifest == open:
		return given, nil
	case given != "" && given != manifest:
		return "", fmt.Errorf("the stack is in %s %s, not in the %s %s of the input", what, manifest, what, given)
	}
	return manifest, nil
}
